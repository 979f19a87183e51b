package dev.percept.app.exam;

import dev.percept.app.Format;
import dev.percept.app.TextTable;
import dev.percept.core.ConceptExtractor;
import dev.percept.core.Examples;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.SplitModel;
import dev.percept.core.Target;
import dev.percept.core.Tensor;
import dev.percept.methods.factorization.KMeans;
import dev.percept.methods.factorization.Pca;
import dev.percept.methods.metric.attribution.BootstrapMean;
import dev.percept.methods.metric.c2.C2Score;
import dev.percept.methods.metric.c2.CodeMaps;
import dev.percept.methods.metric.c2.ConceptMaps;
import dev.percept.methods.metric.c2.EncodedMaps;
import dev.percept.methods.metric.c2.Judge;
import dev.percept.zoo.Creatures;
import dev.percept.zoo.Scene;
import dev.percept.zoo.SceneExamples;
import dev.percept.zoo.Species;
import dev.percept.zoo.Split;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Whose concepts look alike to a judge: several methods on the same network and pictures. */
public final class C2Exam {
  private final SplitModel model;
  private final CraftExplainer craft;
  private final SceneExamples pictures;
  private final int each;

  /**
   * The methods on a network.
   *
   * @param model inputs 3 x 96 x 96 from 0 to 1
   * @param extractor with the number of concepts of a class
   * @param scenes pictures of each species
   */
  public C2Exam(SplitModel model, ConceptExtractor extractor, int scenes) {
    this.model = model;
    this.craft = new CraftExplainer(model, extractor);
    this.each = scenes;
    List<Scene> all = new ArrayList<>();
    for (Species species : Species.values()) {
      all.addAll(Creatures.scenes(Split.EXAM, species, 0, scenes));
    }
    this.pictures = new SceneExamples(all);
  }

  /**
   * Who judged what.
   *
   * @param judge in words
   * @param pictures how many
   * @param rows one a method
   */
  public record Report(String judge, int pictures, List<Row> rows) {
    public Report {
      rows = List.copyOf(rows);
    }
  }

  /**
   * The marks of one method.
   *
   * @param method its name
   * @param marks of its concepts
   */
  public record Row(String method, C2Score marks) {}

  /** The pictures, species by species. */
  public Examples pictures() {
    return pictures;
  }

  /**
   * Marks them.
   *
   * @param concepts of each class
   * @param further methods that are not fitted to activations, by name
   */
  public Report take(
      Judge judge, String words, int concepts, Map<String, ConceptMaps> further, Run run) {
    List<Row> rows = new ArrayList<>();
    further.forEach((name, maps) -> rows.add(row(name, maps, judge, run)));
    rows.add(row("CRAFT, class by class", byClass(run), judge, run));
    Tensor activations = activations(run);
    int p = model.features();
    int most = Math.min(p, concepts * Species.values().length);
    for (ConceptExtractor of : List.of(new Pca(most), KMeans.of(most))) {
      rows.add(
          row(
              of.name() + " of all classes",
              EncodedMaps.of(model, of.fit(activations, run), pictures, run),
              judge,
              run));
    }
    rows.add(row("channels", EncodedMaps.of(model, new FeatureBank(p), pictures, run), judge, run));
    return new Report(words, pictures.size(), rows);
  }

  private static Row row(String name, ConceptMaps maps, Judge judge, Run run) {
    return new Row(name, C2Score.measure(maps, judge, C2Score.Options.DEFAULT, run));
  }

  /** At the places of all pictures, (n P) x p. */
  private Tensor activations(Run run) {
    int places = model.grid().places();
    int p = model.features();
    float[] all = new float[Math.multiplyExact(pictures.size() * places, p)];
    for (int i = 0; i < pictures.size(); i++) {
      run.throwIfCancelled();
      model
          .grid()
          .ofPlaces(model.activations(pictures.batch(i, i + 1)).values())
          .copyTo(0, all, i * places * p, places * p);
    }
    return Tensor.wrap(Shape.of(pictures.size() * places, p), all);
  }

  /** Concepts of each class in pictures of that class; in others they are not looked for. */
  private ConceptMaps byClass(Run run) {
    int locations = model.grid().size();
    List<Tensor> found = new ArrayList<>();
    for (Species species : Species.values()) {
      SceneExamples own =
          new SceneExamples(
              pictures.scenes().subList(species.index() * each, (species.index() + 1) * each));
      found.add(craft.find(own, new Target(species.index(), species.label()), run).codes());
    }
    int r = found.stream().mapToInt(codes -> codes.shape().dim(2)).sum();
    float[] all = new float[Math.multiplyExact(pictures.size() * locations, r)];
    int first = 0;
    for (int c = 0; c < found.size(); c++) {
      Tensor codes = found.get(c);
      int own = codes.shape().dim(2);
      for (int row = 0; row < each * locations; row++) {
        codes.copyTo(row * own, all, (c * each * locations + row) * r + first, own);
      }
      first += own;
    }
    return new CodeMaps(Tensor.wrap(Shape.of(pictures.size(), locations, r), all), model.grid());
  }

  /** Prints a table. */
  public static void print(Report report, PrintWriter out) {
    out.println(
        "How alike what a concept shows looks to "
            + report.judge()
            + ", over "
            + report.pictures()
            + " pictures: C²-score, 0 at random, at most 1");
    TextTable table =
        new TextTable(
            "concepts",
            ">marked",
            ">too rare",
            ">C²",
            ">95 %, other concepts",
            ">95 %, other pictures",
            ">same pictures, anywhere",
            ">above that",
            ">95 %",
            ">same maps elsewhere",
            ">size");
    for (Row row : report.rows()) {
      C2Score marks = row.marks();
      C2Score.Overall all = marks.overall();
      if (all == null) {
        table.row(
            row.method(),
            "0",
            Integer.toString(marks.skipped().size()),
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "");
        continue;
      }
      table.row(
          row.method(),
          Integer.toString(marks.concepts().size()),
          Integer.toString(marks.skipped().size()),
          MapsExam.three(all.score().mean()),
          interval(all.score()),
          MapsExam.three(all.pictureLow()) + " to " + MapsExam.three(all.pictureHigh()),
          MapsExam.three(all.anywhere().mean()),
          MapsExam.three(all.aboveAnywhere().mean()),
          interval(all.aboveAnywhere()),
          MapsExam.three(all.elsewhere().mean()),
          Format.percent(all.size().mean()));
    }
    table.print(out);
    out.println(
        "A concept that is found in one class alone is shown on pictures of that class, which look"
            + " alike anywhere: 'above that' takes it off.");
  }

  private static String interval(BootstrapMean mean) {
    return MapsExam.three(mean.low()) + " to " + MapsExam.three(mean.high());
  }
}
