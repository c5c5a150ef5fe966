/**
 * Templates of messages: the library, the snapshots that messages hold, and rendering.
 *
 * <p>Published: {@link carillon.templates.Templates} with {@link carillon.templates.Template}, its
 * operations {@link carillon.templates.TemplatesApi}, and for the send path {@link
 * carillon.templates.Renderer} and {@link carillon.templates.MailContext}. Who holds templates is
 * told through {@link carillon.templates.TemplateUse}; this package knows no message, profile or
 * campaign.
 */
package carillon.templates;
