package dev.percept.report;

import dev.percept.bundle.Evaluation;
import java.util.ArrayList;
import java.util.List;

/**
 * What the page of an evaluation draws.
 *
 * @param classes as the page's base expects them
 */
record EvaluationModel(
    String product,
    String title,
    String ask,
    String headline,
    String caution,
    String tableLead,
    List<Fact> facts,
    List<Fact> glossary,
    List<String> limits,
    List<Fact> provenance,
    String foot,
    List<Evaluation.OfClass> classes,
    Evaluation evaluation) {
  /** A name and what is said under it. */
  record Fact(String name, String text) {}

  static EvaluationModel of(Evaluation e) {
    EvaluationStory story = new EvaluationStory(e);
    List<String> labels = e.classes().stream().map(Evaluation.OfClass::label).toList();
    String classes =
        labels.size() > 6 ? Plain.count(labels.size()) + " classes" : Plain.list(labels);
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("model", e.model().name()));
    facts.add(new Fact("classes", classes));
    facts.add(new Fact("pictures", Plain.digits(e.pictures())));
    facts.add(new Fact("baseline of the metrics", e.baseline()));
    facts.add(new Fact("intervals", "95 % bootstrap over pictures"));
    facts.add(new Fact("seed", Long.toString(e.seed())));
    List<Fact> provenance = new ArrayList<>();
    provenance.add(new Fact("model, SHA-256", e.model().sha256()));
    provenance.add(new Fact("cut", e.model().layer()));
    e.options().forEach((k, v) -> provenance.add(new Fact("--" + k, v)));
    e.versions().forEach((k, v) -> provenance.add(new Fact(k, v)));
    return new EvaluationModel(
        "Percept",
        "Attribution methods on " + e.model().name(),
        "Which map of “" + classes + "” in " + e.model().name() + " is to be believed?",
        story.headline(),
        story.caution(),
        story.tableLead(),
        List.copyOf(facts),
        e.metrics().stream().map(MetricWords::of).toList(),
        story.limits(),
        List.copyOf(provenance),
        "Drawn from evaluation.json alone. Nothing on this page was fetched from anywhere.",
        e.classes(),
        e);
  }
}
