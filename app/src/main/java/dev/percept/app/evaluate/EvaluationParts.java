package dev.percept.app.evaluate;

import dev.percept.app.explain.ClassPictures;
import dev.percept.app.explain.Opened;
import dev.percept.bundle.Evaluation;
import dev.percept.core.Run;
import dev.percept.methods.metric.attribution.BootstrapMean;
import dev.percept.methods.metric.attribution.Column;
import dev.percept.methods.metric.attribution.Evaluated;
import dev.percept.methods.metric.attribution.PixelCurve;
import dev.percept.methods.metric.attribution.SanityCheck;
import dev.percept.methods.metric.attribution.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Makes the parts of {@code evaluation.json} of what was measured. */
final class EvaluationParts {
  private static final double CONFIDENCE = 0.95;

  private final EvaluateRequest request;
  private final Opened opened;
  private final List<Engines.Stage> stages;
  private final List<Column> columns;
  private final Run run;

  EvaluationParts(
      EvaluateRequest request,
      Opened opened,
      List<Engines.Stage> stages,
      List<Column> columns,
      Run run) {
    this.request = request;
    this.opened = opened;
    this.stages = stages;
    this.columns = columns;
    this.run = run;
  }

  Evaluation of(List<Evaluated> results) {
    List<Evaluation.OfClass> classes = new ArrayList<>();
    List<String> notes = new ArrayList<>(opened.notes());
    int pictures = 0;
    for (ClassPictures c : opened.classes()) {
      int n = c.pictures().size();
      pictures += n;
      classes.add(new Evaluation.OfClass(c.target().index(), c.target().label(), n));
      c.pictures().skipped().forEach(s -> notes.add("left out: " + s));
    }
    return new Evaluation(
        Evaluation.SCHEMA,
        new Evaluation.Model(
            opened.model().info().file(),
            opened.model().info().sha256(),
            opened.model().info().layer()),
        classes,
        pictures,
        request.measure().baseline().words(),
        CONFIDENCE,
        run.seed(),
        request.options(),
        request.versions(),
        columns.stream().map(EvaluationParts::metric).toList(),
        methods(results),
        curves(results),
        cascade(results),
        notes);
  }

  private static Evaluation.Metric metric(Column column) {
    return new Evaluation.Metric(
        column.name(),
        column.metric().better().name().toLowerCase(Locale.ROOT),
        column.metric().settings());
  }

  private List<Evaluation.Method> methods(List<Evaluated> results) {
    List<List<Standing>> standings = new ArrayList<>();
    for (int c = 0; c < columns.size(); c++) {
      standings.add(Standing.of(results, c, columns.get(c).metric().better(), run));
    }
    List<Evaluation.Method> methods = new ArrayList<>();
    for (int m = 0; m < results.size(); m++) {
      Evaluated r = results.get(m);
      List<Evaluation.Cell> cells = new ArrayList<>();
      for (int c = 0; c < columns.size(); c++) {
        // A random map passes sanity checks best of all: there it is no rival.
        boolean rival = !(columns.get(c).metric() instanceof SanityCheck);
        cells.add(cell(standings.get(c).get(m), rival));
      }
      methods.add(
          new Evaluation.Method(
              r.method(),
              r.settings(),
              r.baseline(),
              r.random(),
              r.forwards(),
              r.backwards(),
              r.secondsPerPicture(),
              cells));
    }
    return methods;
  }

  private static Evaluation.Cell cell(Standing s, boolean rival) {
    BootstrapMean over = rival ? s.overRandom() : null;
    return new Evaluation.Cell(
        s.mean().mean(),
        s.mean().low(),
        s.mean().high(),
        s.mean().pictures(),
        s.best(),
        s.tied(),
        over == null ? null : new Evaluation.Difference(over.mean(), over.low(), over.high()));
  }

  private List<Evaluation.Curve> curves(List<Evaluated> results) {
    List<Evaluation.Curve> curves = new ArrayList<>();
    for (int c = 0; c < columns.size(); c++) {
      if (results.get(0).curves().get(c).isEmpty()) {
        continue;
      }
      List<Evaluation.Line> lines = new ArrayList<>();
      for (Evaluated r : results) {
        lines.add(line(r.method(), r.curves().get(c)));
      }
      curves.add(new Evaluation.Curve(columns.get(c).name(), lines));
    }
    return curves;
  }

  private Evaluation.Line line(String method, List<PixelCurve> each) {
    List<Double> values = new ArrayList<>();
    List<Double> low = new ArrayList<>();
    List<Double> high = new ArrayList<>();
    for (int step = 0; step < each.get(0).values().size(); step++) {
      int at = step;
      BootstrapMean mean =
          Standing.mean(each.stream().map(curve -> curve.values().get(at)).toList(), run);
      values.add(mean.mean());
      low.add(mean.low());
      high.add(mean.high());
    }
    return new Evaluation.Line(method, values, low, high);
  }

  private List<Evaluation.Stage> cascade(List<Evaluated> results) {
    List<Evaluation.Stage> all = new ArrayList<>();
    for (int s = 0; s < stages.size(); s++) {
      List<Evaluation.Cell> likeness = new ArrayList<>();
      for (Evaluated r : results) {
        BootstrapMean mean = Standing.mean(r.cascade().get(s), run);
        likeness.add(
            new Evaluation.Cell(
                mean.mean(), mean.low(), mean.high(), mean.pictures(), false, false, null));
      }
      all.add(new Evaluation.Stage(stages.get(s).name(), stages.get(s).layers(), likeness));
    }
    return all;
  }
}
