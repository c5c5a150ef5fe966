package carillon.campaigns;

import carillon.accounts.Accounts;
import carillon.delivery.Ledger;
import carillon.images.Images;
import carillon.lists.Lists;
import carillon.segments.Segments;
import carillon.tags.Tags;
import carillon.templates.Renderer;
import carillon.templates.Templates;

/** The features campaigns are put together from. */
public record Neighbours(
    Accounts accounts,
    Tags tags,
    Images images,
    Templates templates,
    Renderer renderer,
    Lists lists,
    Segments segments,
    Ledger ledger) {

  Audiences audiences() {
    return new Audiences(lists, segments);
  }
}
