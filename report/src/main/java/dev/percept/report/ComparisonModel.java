package dev.percept.report;

import dev.percept.bundle.Comparison;
import java.util.List;

/**
 * What the script of the comparison's page reads: the numbers of the file, and sentences made of
 * them.
 *
 * @param title of the document
 * @param where short, for the bar at the top
 */
record ComparisonModel(
    String title,
    String where,
    String ask,
    String headline,
    String caution,
    String methodLead,
    List<PageModel.Fact> facts,
    List<PageModel.Fact> words,
    List<PageModel.Fact> provenance,
    String foot,
    int pictures,
    List<Comparison.ConceptPart> concepts,
    List<Comparison.Estimator> estimators,
    Comparison.Marks random,
    List<List<Double>> agreement,
    List<Comparison.Missing> missing,
    List<String> notes) {}
