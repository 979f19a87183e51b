package dev.percept.app.fact;

import dev.percept.app.explain.Jpeg;
import dev.percept.app.judge.OnnxJudge;
import dev.percept.bundle.FactConcept;
import dev.percept.bundle.FactDeletion;
import dev.percept.bundle.FactExplanation;
import dev.percept.bundle.FactFolder;
import dev.percept.bundle.FactTrace;
import dev.percept.bundle.ResultFolder;
import dev.percept.core.DynamicLinearStack;
import dev.percept.core.ModelInfo;
import dev.percept.core.PerceptException;
import dev.percept.core.Progress;
import dev.percept.core.Run;
import dev.percept.core.Tensor;
import dev.percept.fact.bcos.BcosNetwork;
import dev.percept.report.FactPage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Explains a B-cos network with sparse autoencoders in it, and writes a folder with a page: every
 * logit as the sum of what concepts contribute.
 */
public final class FactExplainer {
  private final FactRequest request;
  private final FactSubject subject;
  private final Run run;

  private FactExplainer(FactRequest request, FactSubject subject, Run run) {
    this.request = request;
    this.subject = subject;
    this.run = run;
  }

  /**
   * Explains and writes.
   *
   * @return what was written, from the folder in its place
   * @throws PerceptException if something named is missing or unfit; nothing is written then
   */
  public static FactFolder write(FactRequest request, Run run) {
    ResultFolder.checkTarget(request.out(), FactFolder.KIND);
    try (OpenedBcos opened = OpenedBcos.open(request.network(), run.threads())) {
      List<FactSubject.Bank> banks = FactSubjects.banks(request.autoencoders());
      // Closed with the network.
      DynamicLinearStack stack = opened.network().cuts(layers(banks, opened.network()));
      return new FactExplainer(request, FactSubjects.open(request, opened, stack, banks, run), run)
          .write();
    }
  }

  /** The layers of autoencoders, the last first, as they lie in the network. */
  private static List<String> layers(List<FactSubject.Bank> banks, BcosNetwork network) {
    List<String> layers = banks.stream().map(b -> b.card().layer()).toList();
    List<Integer> places = layers.stream().map(network.layers()::indexOf).toList();
    for (int i = 1; i < layers.size(); i++) {
      if (places.get(i) >= places.get(i - 1)) {
        throw new PerceptException(
            "autoencoders are named from the input to the logits, one a layer, and '"
                + layers.get(i - 1)
                + "' does not lie behind '"
                + layers.get(i)
                + "'; name them in the order of "
                + String.join(", ", network.layers()));
      }
    }
    return layers;
  }

  private FactFolder write() {
    Path judge = request.judge();
    if (judge != null) {
      // Better to know now that it is no judge than after everything else.
      OnnxJudge.open(judge, request.judgeLayer(), shape -> subject.inputs()).close();
    }
    List<Integer> asked = request.classes().stream().map(this::resolve).distinct().toList();
    Set<Integer> possible = new TreeSet<>(asked);
    if (asked.isEmpty()) {
      subject.truth().stream().filter(c -> c >= 0).forEach(possible::add);
    }
    boolean known = subject.truth().stream().anyMatch(c -> c >= 0);
    if (!known && asked.isEmpty()) {
      IntStream.range(0, subject.labels().size()).forEach(possible::add);
    }
    FactSample sample = FactSampler.measure(subject, List.copyOf(possible), request.batch(), run);
    List<Integer> classes =
        possible.stream().filter(c -> !own(c, known, sample).isEmpty()).toList();
    for (int c : asked) {
      if (!classes.contains(c)) {
        throw new PerceptException(
            "there are no pictures of class '"
                + subject.labels().name(c)
                + "' in "
                + request.images()
                + "; put some into a sub-folder of that name");
      }
    }
    if (classes.isEmpty()) {
      throw new PerceptException(
          "no sub-folder of "
              + request.images()
              + " is named after a class of the network ("
              + String.join(", ", subject.labels().names().stream().limit(8).toList())
              + "); rename them");
    }
    ClassSums sums = new ClassSums(subject, sample, run);
    return write(
        sample, classes.stream().map(c -> sums.of(c, own(c, known, sample))).toList(), known);
  }

  private int resolve(String query) {
    return subject.labels().resolve(query).index();
  }

  /** Pictures of a class: what they are where that is known, else what the network says. */
  private List<Integer> own(int target, boolean known, FactSample sample) {
    return IntStream.range(0, sample.size())
        .filter(i -> !subject.asked().contains(i) || sample.size() == subject.asked().size())
        .filter(i -> (known ? subject.truth() : sample.predicted()).get(i) == target)
        .boxed()
        .toList();
  }

  private FactFolder write(
      FactSample sample, List<FactExplanation.OfClass> classes, boolean known) {
    List<Integer> picked =
        new TracePicker(subject, sample)
            .pick(classes.stream().map(c -> c.target().index()).toList());
    Map<Integer, Integer> shown = new TreeMap<>();
    Map<String, byte[]> files = new HashMap<>();
    MapImages maps = new MapImages(subject, shown, files, run);
    Traces tracer = new Traces(subject, sample, maps, run);
    List<Traces.Plan> plans = new ArrayList<>();
    Set<Integer> concepts = new LinkedHashSet<>();
    classes.forEach(c -> c.roles().forEach(r -> concepts.add(r.concept())));
    for (int picture : picked) {
      run.throwIfCancelled();
      Traces.Plan plan = tracer.plan(picture);
      plans.add(plan);
      concepts.addAll(plan.concepts());
      shown.put(picture, 0);
    }
    ConceptCards cards = new ConceptCards(subject, sample, run);
    for (ConceptCards.Plan plan : cards.plan(concepts)) {
      plan.byPresence().forEach(i -> shown.put(i, 0));
      plan.byContribution().forEach(i -> shown.put(i, 0));
    }
    int number = 0;
    for (Map.Entry<Integer, Integer> entry : shown.entrySet()) {
      entry.setValue(number++);
    }
    List<FactTrace> traces = new ArrayList<>();
    Map<String, Tensor> values = new TreeMap<>();
    values.put("presence", sample.presence());
    try (Progress.Stage stage = run.stage("pictures", plans.size())) {
      for (Traces.Plan plan : plans) {
        Traces.Traced traced =
            tracer.trace(plan, java.util.Objects.requireNonNull(shown.get(plan.picture())));
        values.put("contributions/" + traces.size(), traced.contributions());
        traces.add(traced.trace());
        stage.advance(1);
      }
    }
    Consistencies.@Nullable Judged judged = judged(sample, concepts);
    List<FactConcept> all =
        cards.cards(
            maps,
            shown,
            judged == null ? Map.of() : judged.concepts(),
            TrainedSae.ofLatents(subject.banks().get(0).stability()));
    FactDeletion deletion =
        Deletions.measure(subject, sample, request.deletion(), request.batch(), run);
    List<FactTrace.Picture> pictures = new ArrayList<>();
    shown.forEach((i, n) -> pictures.add(picture(i, n, sample, files)));
    FactExplanation explanation =
        new FactExplanation(
            FactExplanation.SCHEMA,
            request.options(),
            run.seed(),
            versions(),
            network(),
            new FactCuts(subject, sample).cuts(),
            sampled(),
            faith(sample, known),
            classes,
            pictures,
            traces,
            all,
            deletion,
            judged == null ? null : judged.rows(),
            notes(judged != null));
    try (ResultFolder folder = ResultFolder.stage(request.out(), FactFolder.KIND)) {
      FactFolder.write(folder, explanation, values, files);
      folder.bytes(FactFolder.PAGE, FactPage.render(FactFolder.read(folder.folder())));
      return FactFolder.read(folder.commit());
    }
  }

  private Consistencies.@Nullable Judged judged(FactSample sample, Set<Integer> concepts) {
    Path judge = request.judge();
    return judge == null
        ? null
        : new Consistencies(subject, request.batch(), request.maxPixels(), run)
            .measure(judge, request.judgeLayer(), request.judgePreprocess(), sample, concepts);
  }

  private FactTrace.Picture picture(
      int picture, int number, FactSample sample, Map<String, byte[]> files) {
    String file = String.format("pictures/%04d.jpg", number);
    files.put(file, Jpeg.encode(subject.pictures().view(picture)));
    int truth = subject.truth().get(picture);
    int said = sample.predicted().get(picture);
    return new FactTrace.Picture(
        subject.pictures().name(picture),
        file,
        truth < 0 ? null : truth,
        said,
        1 / (1 + Math.exp(-sample.logits().get(picture, said))));
  }

  private Map<String, String> versions() {
    Map<String, String> versions = new TreeMap<>(request.versions());
    versions.put("engine", subject.model().info().engine());
    return versions;
  }

  private FactExplanation.Network network() {
    ModelInfo info = subject.model().info();
    List<Double> bias = new ArrayList<>();
    for (int c = 0; c < subject.model().outputs(); c++) {
      bias.add((double) subject.model().constants().get(c));
    }
    return new FactExplanation.Network(
        info.file(),
        info.sha256(),
        subject.architecture(),
        subject.model().completeAtInput(),
        subject.labels().names(),
        bias);
  }

  private FactExplanation.Sample sampled() {
    return new FactExplanation.Sample(
        subject.pictures().size(),
        subject.model().inputShape().dim(2),
        subject.model().inputShape().dim(1),
        subject.pictures().fingerprint(),
        subject.pictures().skipped().stream().map(Object::toString).toList());
  }

  private FactExplanation.Faith faith(FactSample sample, boolean known) {
    int n = sample.size();
    int labelled = 0;
    int right = 0;
    int plainRight = 0;
    int same = 0;
    int randomSame = 0;
    Map<Integer, Integer> counts = new HashMap<>();
    for (int i = 0; i < n; i++) {
      int truth = subject.truth().get(i);
      same += sample.predicted().get(i).equals(sample.plain().get(i)) ? 1 : 0;
      randomSame += sample.random().get(i).equals(sample.plain().get(i)) ? 1 : 0;
      if (truth >= 0) {
        labelled++;
        right += sample.predicted().get(i) == truth ? 1 : 0;
        plainRight += sample.plain().get(i) == truth ? 1 : 0;
        counts.merge(truth, 1, Integer::sum);
      }
    }
    double of = known ? labelled : Double.NaN;
    int most = counts.values().stream().mapToInt(v -> v).max().orElse(0);
    return new FactExplanation.Faith(
        sample.gap(),
        sample.shuffledGap(),
        sample.sums(),
        right / of,
        plainRight / of,
        most / of,
        (double) same / n,
        (double) randomSame / n,
        labelled);
  }

  private List<String> notes(boolean judged) {
    List<String> notes = new ArrayList<>(subject.notes());
    if (!judged) {
      notes.add(
          "C² was not measured: it needs a judge that knows nothing of this network; give an ONNX"
              + " model, a DINOv2 export say, with --judge");
    }
    if (subject.banks().size() > 1) {
      notes.add(
          "Scores and contributions are those of the network with the last autoencoder alone; the"
              + " earlier ones stand in for their layers only where it is asked what a concept is"
              + " built from");
    }
    return notes;
  }
}
