package carillon.django;

import java.util.HashMap;
import java.util.Map;

/** The tags of Django's language, by name. */
final class DjangoTags {

  private DjangoTags() {}

  static Map<String, TagReader> all() {
    var tags = new HashMap<String, TagReader>();
    tags.put("if", IfTag::read);
    tags.put("for", ForTag::read);
    tags.put("with", WithTag::read);
    tags.put("ifchanged", IfChangedTag::read);
    tags.put("cycle", CycleTag::read);
    tags.put("resetcycle", CycleTag::readReset);
    tags.put("regroup", RegroupTag::read);
    tags.put("firstof", OutputTags::firstOf);
    tags.put("now", OutputTags::now);
    tags.put("templatetag", OutputTags::templateTag);
    tags.put("widthratio", OutputTags::widthRatio);
    tags.put("autoescape", BlockTags::autoescape);
    tags.put("spaceless", BlockTags::spaceless);
    tags.put("filter", BlockTags::filter);
    tags.put("verbatim", BlockTags::verbatim);
    tags.put("comment", BlockTags::comment);
    tags.put("load", (parser, tag) -> new Node.Text(""));
    return tags;
  }
}
