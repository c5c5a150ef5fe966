/**
 * The template language of messages: Django's syntax, tags and filters over plain data.
 *
 * <p>{@link carillon.django.Template} is parsed once in a {@link carillon.django.Language} and
 * rendered many times with values and {@link carillon.django.RenderOptions}. Faults are {@link
 * carillon.django.TemplateException}s: syntax when parsing, limits when rendering.
 *
 * <p>Templates come from users: they reach the values given (maps, lists, scalars) and nothing
 * else, and their time, text, loops and depth are bounded. The package knows no other one.
 */
package carillon.django;
