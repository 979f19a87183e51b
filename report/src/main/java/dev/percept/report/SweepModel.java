package dev.percept.report;

import dev.percept.bundle.Sweep;
import java.util.List;

/**
 * What the script of the sweep's page reads.
 *
 * @param title of the document
 * @param where short, for the bar at the top
 * @param axis what the curves are drawn against: {@code patch}, {@code concepts}, {@code pictures}
 *     or {@code layer}
 * @param charts figures in their order
 * @param sides the numbers of the file
 */
record SweepModel(
    String title,
    String where,
    String ask,
    String headline,
    String caution,
    List<PageModel.Fact> facts,
    String axis,
    List<Chart> charts,
    List<Sweep.Side> sides,
    List<String> own,
    List<String> notes,
    String methodLead,
    List<PageModel.Fact> words,
    List<PageModel.Fact> provenance,
    String foot) {

  /**
   * One small chart.
   *
   * @param figure its name in the file
   * @param title in plain words
   * @param say what it means, and over what its interval is
   * @param share whether it is a share, shown as per cents
   */
  record Chart(String figure, String title, String say, boolean share) {}
}
