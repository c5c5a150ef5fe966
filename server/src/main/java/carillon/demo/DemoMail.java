package carillon.demo;

/** The template of the invented shop's campaign. */
final class DemoMail {

  static final String HTML =
      """
      <!doctype html>
      <html lang="en">
      <head><meta charset="utf-8"><title>Spring letter</title></head>
      <body style="margin:0;background:#f3f1ea;font-family:Georgia,serif;color:#2d3a2e">
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center" style="padding:24px">
          <table role="presentation" width="600" cellpadding="0" cellspacing="0" style="background:#ffffff;border-radius:8px">
            <tr><td style="padding:32px 40px 8px;font-size:26px">Fern &amp; Fable</td></tr>
            <tr><td style="padding:8px 40px;font-size:17px;line-height:1.6">
              <p>Dear {{ first_name|default:'plant friend' }},</p>
              <p>the greenhouse is full again. {% if person|lookup:'Favorite plant' %}Your favourite, the
              <b>{{ person|lookup:'Favorite plant' }}</b>, is among the first to go.{% endif %}</p>
              <p><a href="https://shop.example.org/ferns" style="color:#3f7d4e">See the ferns</a> or take
              <a href="https://shop.example.org/pots" style="color:#3f7d4e">a pot along</a>.</p>
              <p>{% if person|lookup:'Loyalty points' > 500 %}With your {{ person|lookup:'Loyalty points' }}
              points, delivery is on us.{% else %}Delivery is free from $50.{% endif %}</p>
            </td></tr>
            <tr><td style="padding:16px 40px 32px;font-size:13px;color:#77806f">
              {{ organization.name }} · {{ organization.full_address }}<br>
              {% unsubscribe 'Unsubscribe' %} · {% manage_preferences 'Preferences' %} · {% web_view 'View in browser' %}
            </td></tr>
          </table>
        </td></tr></table>
      </body>
      </html>
      """;

  static final String TEXT =
      """
      Dear {{ first_name|default:'plant friend' }},

      the greenhouse is full again: https://shop.example.org/ferns

      {{ organization.name }}
      Unsubscribe: {% unsubscribe_link %}
      """;

  private DemoMail() {}
}
