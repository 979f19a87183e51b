package dev.percept.image;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The JSON forms of a label file. */
final class LabelJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private LabelJson() {}

  static List<LabelFile.Entry> parse(String text) {
    JsonNode root;
    try {
      root = MAPPER.readTree(text);
    } catch (JacksonException e) {
      throw new IllegalArgumentException("not valid JSON: " + e.getOriginalMessage(), e);
    }
    JsonNode wrapped = root.get("id2label");
    return entries(wrapped == null ? root : wrapped);
  }

  private static List<LabelFile.Entry> entries(JsonNode node) {
    List<LabelFile.Entry> entries = new ArrayList<>();
    if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        entries.add(entry(i, node.get(i)));
      }
      return entries;
    }
    for (Map.Entry<String, JsonNode> property : node.properties()) {
      if (!property.getKey().matches("\\d{1,9}")) {
        throw new IllegalArgumentException(
            "expected an object from index to name, found the key '" + property.getKey() + "'");
      }
      entries.add(entry(Integer.parseInt(property.getKey()), property.getValue()));
    }
    return entries;
  }

  private static LabelFile.Entry entry(int index, JsonNode value) {
    if (value.isString()) {
      return new LabelFile.Entry(index, null, value.stringValue());
    }
    if (value.isArray()
        && value.size() == 2
        && value.get(0).isString()
        && value.get(1).isString()) {
      return new LabelFile.Entry(index, value.get(0).stringValue(), value.get(1).stringValue());
    }
    throw new IllegalArgumentException(
        "class " + index + ": expected a name or [wnid, name], found " + value);
  }
}
