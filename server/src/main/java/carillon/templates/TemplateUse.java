package carillon.templates;

import carillon.platform.db.Tx;
import java.util.List;

/** Tells who would miss a template. */
@FunctionalInterface
public interface TemplateUse {

  /** What the template is attached to, each as in {@code CampaignMessage 01H…}. */
  List<String> holders(Tx tx, String account, String templateId);
}
