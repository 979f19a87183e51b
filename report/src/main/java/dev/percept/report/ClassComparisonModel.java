package dev.percept.report;

import dev.percept.bundle.ClassComparison;
import java.util.List;

/**
 * What the script of the page of two classes reads.
 *
 * @param title of the document
 * @param where short, for the bar at the top
 * @param conclusion the finding in words
 * @param confused the most confused pairs, in words
 * @param rules how it was decided, with the thresholds
 * @param comparison the numbers of the file
 */
record ClassComparisonModel(
    String title,
    String where,
    String ask,
    String headline,
    String conclusion,
    List<PageModel.Fact> facts,
    List<String> confused,
    String rules,
    ClassComparison comparison,
    String methodLead,
    List<PageModel.Fact> words,
    List<PageModel.Fact> provenance,
    String foot) {}
