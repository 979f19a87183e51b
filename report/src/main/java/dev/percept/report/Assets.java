package dev.percept.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/** The page's skeleton, style and script, from the class path, and the policy that admits them. */
final class Assets {
  private Assets() {}

  /**
   * The whole page.
   *
   * @param title plain text
   * @param data JSON
   */
  static String page(Template template, String title, String data) {
    String style = join(template.styles());
    String script = "(()=>{\n'use strict';\n" + join(template.scripts()) + "})();\n";
    String policy =
        "default-src 'none'; img-src data:; style-src 'sha256-"
            + sha256(style)
            + "'; script-src 'sha256-"
            + sha256(script)
            + "'; base-uri 'none'; form-action 'none'";
    StringBuilder page = new StringBuilder();
    String skeleton = read(template.skeleton());
    // One pass from left to right, so that nothing that was put in is looked at again.
    int at = 0;
    for (int open = skeleton.indexOf("{{"); open >= 0; open = skeleton.indexOf("{{", at)) {
      int close = skeleton.indexOf("}}", open);
      page.append(skeleton, at, open);
      page.append(
          switch (skeleton.substring(open + 2, close)) {
            case "policy" -> policy;
            case "title" -> html(title);
            case "style" -> style;
            case "data" -> json(data);
            case "script" -> script;
            default ->
                throw new IllegalStateException(template.skeleton() + " has an unknown slot");
          });
      at = close + 2;
    }
    return page.append(skeleton, at, skeleton.length()).toString();
  }

  /** Text for an element or a quoted attribute. */
  static String html(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /**
   * JSON that cannot end the element that it stands in. These characters occur in JSON only inside
   * strings, where an escape means the same.
   */
  static String json(String json) {
    return json.replace("<", "\\u003c")
        .replace(">", "\\u003e")
        .replace("&", "\\u0026")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029");
  }

  private static String join(List<String> names) {
    StringBuilder text = new StringBuilder();
    for (String name : names) {
      text.append(read(name));
    }
    return text.toString();
  }

  private static String read(String name) {
    try (InputStream in = Assets.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the page's file " + name + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha256(String text) {
    try {
      return Base64.getEncoder()
          .encodeToString(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
