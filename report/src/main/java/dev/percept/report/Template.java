package dev.percept.report;

import java.util.List;

/**
 * The files that a page is made of, from the class path; each kind of page has some of its own.
 *
 * @param skeleton HTML with slots
 * @param styles joined in this order
 * @param scripts joined in this order, {@code dom.js} first
 */
record Template(String skeleton, List<String> styles, List<String> scripts) {
  /** The explanation of classes. */
  static final Template REPORT =
      new Template(
          "page.html",
          List.of("tokens.css", "base.css", "sections.css", "explore.css", "tree.css", "adapt.css"),
          List.of(
              "dom.js",
              "base.js",
              "images.js",
              "fields.js",
              "names.js",
              "lead.js",
              "trust.js",
              "importance.js",
              "gallery.js",
              "tree.js",
              "explorer.js",
              "waterfall.js",
              "charts.js",
              "method.js",
              "theme.js",
              "main.js"));

  /** The same for texts. */
  static final Template TEXTS =
      new Template(
          "texts.html",
          List.of(
              "tokens.css", "base.css", "sections.css", "explore.css", "texts.css", "adapt.css"),
          List.of(
              "dom.js",
              "base.js",
              "names.js",
              "texts.js",
              "lead.js",
              "trust.js",
              "importance.js",
              "waterfall.js",
              "charts.js",
              "method.js",
              "theme.js",
              "main.js"));

  /** Importance estimators beside each other. */
  static final Template COMPARISON =
      new Template(
          "comparison.html",
          List.of("tokens.css", "base.css", "sections.css", "adapt.css", "comparison.css"),
          List.of("dom.js", "theme.js", "comparison.js"));

  /** Explanations under changing settings. */
  static final Template SWEEP =
      new Template(
          "sweep.html",
          List.of("tokens.css", "base.css", "sections.css", "adapt.css", "sweep.css"),
          List.of("dom.js", "theme.js", "sweep.js"));

  /** Two classes in the concepts of both. */
  static final Template CLASSES =
      new Template(
          "classes.html",
          List.of("tokens.css", "base.css", "sections.css", "adapt.css", "classes.css"),
          List.of("dom.js", "theme.js", "classes.js"));

  /** Maps of attribution methods side by side. */
  static final Template ATTRIBUTION =
      new Template(
          "attribution.html",
          List.of("tokens.css", "base.css", "attribution.css"),
          List.of("dom.js", "theme.js", "attribution.js"));

  /** What a network adds up, in concepts that are part of it. */
  static final Template FACT =
      new Template(
          "fact.html",
          List.of("tokens.css", "base.css", "sections.css", "explore.css", "adapt.css", "fact.css"),
          List.of(
              "dom.js",
              "base.js",
              "fact-parts.js",
              "trust.js",
              "fact-sum.js",
              "fact-two.js",
              "fact-concept.js",
              "fact-curves.js",
              "theme.js",
              "fact.js"));

  Template {
    styles = List.copyOf(styles);
    scripts = List.copyOf(scripts);
  }
}
