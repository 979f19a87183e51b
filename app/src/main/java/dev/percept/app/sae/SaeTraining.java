package dev.percept.app.sae;

import dev.percept.app.fact.OpenedModel;
import dev.percept.app.fact.TrainedSae;
import dev.percept.bundle.JsonFile;
import dev.percept.bundle.SaeSweep;
import dev.percept.core.PerceptException;
import dev.percept.core.Run;
import dev.percept.core.SplitModel;
import dev.percept.core.Tensor;
import dev.percept.fact.sae.ActivationShards;
import dev.percept.fact.sae.PositionWeights;
import dev.percept.fact.sae.SaeEvaluation;
import dev.percept.fact.sae.SaeFile;
import dev.percept.fact.sae.SaeSelection;
import dev.percept.fact.sae.SaeSpec;
import dev.percept.fact.sae.SaeStability;
import dev.percept.fact.sae.SaeTrainer;
import dev.percept.fact.sae.SampledActivations;
import dev.percept.fact.sae.SparseAutoencoder;
import dev.percept.fact.sae.TrainingOptions;
import dev.percept.report.SaePage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * From a network and pictures to autoencoders: activations on disk, all sizes in one pass, every
 * checkpoint in the network on held-out pictures, the one to take, whether its latents come back,
 * and a page. Each part is kept, so the same command goes on where it was stopped.
 */
public final class SaeTraining {
  /** What was measured. */
  public static final String SWEEP = TrainedSae.SWEEP;

  /** The page. */
  public static final String PAGE = "sae.html";

  /** The autoencoder that was taken. */
  public static final String CHOSEN = TrainedSae.CHOSEN;

  private static final String ACTIVATIONS = "activations";

  /** Autoencoders that are in memory at once while they are judged. */
  private static final int TOGETHER = 8;

  private static final int STEPS_OF_EPOCH = 50;
  private static final int LEAST_ROWS = 64;

  private final SaeRequest request;
  private final Run run;

  private SaeTraining(SaeRequest request, Run run) {
    this.request = request;
    this.run = run;
  }

  /** What was written. */
  public record Written(SaeSweep sweep, Path chosen, Path page) {}

  /**
   * Trains, or goes on.
   *
   * @throws PerceptException if something named is missing or unfit
   */
  public static Written train(SaeRequest request, Run run) {
    return new SaeTraining(request, run).train();
  }

  private Written train() {
    requirePlace();
    try (OpenedModel opened = OpenedModel.open(request.network(), run.threads())) {
      SplitModel model = opened.cut(request.layer());
      SaeData data = SaeData.open(request, opened, model, run);
      PositionWeights weights = PositionWeights.of(model);
      ActivationShards shards =
          ActivationShards.write(
              request.out().resolve(ACTIVATIONS),
              new SampledActivations(
                  model,
                  data.trained(opened),
                  weights,
                  request.positions(),
                  request.batch(),
                  data.fingerprint(),
                  run),
              run);
      List<SaeTrainer.Checkpoint> kept =
          SaeTrainer.train(
              shards,
              request.specs(),
              training(shards, request.training().keepEvery()),
              request.out().resolve("training"),
              request.versions(),
              run);
      Judged judged = judge(kept, model, data, opened);
      SaeSelection selection =
          SaeSelection.of(judged.candidates(), judged.accuracy(), request.maxDrop());
      @Nullable SaeStability stability =
          request.refits() == 0 ? null : stability(shards, selection.chosen());
      SaeSweep sweep = sweep(model, data, shards, judged, selection, stability);
      return write(sweep, selection.chosen(), stability);
    }
  }

  /** Steps that are neither too few an epoch to learn anything nor needlessly small. */
  private TrainingOptions training(ActivationShards shards, int keepEvery) {
    int chosen =
        request.rows() > 0
            ? request.rows()
            : (int)
                Math.max(
                    LEAST_ROWS,
                    Math.min(
                        TrainingOptions.DEFAULT.batch(), shards.index().rows() / STEPS_OF_EPOCH));
    return request.training().withEpochs(request.training().epochs(), chosen, keepEvery);
  }

  /** Nothing of somebody else is written among, or over. */
  private void requirePlace() {
    Path out = request.out();
    if (!Files.exists(out)) {
      return;
    }
    try (Stream<Path> files = Files.list(out)) {
      if (!Files.isDirectory(out.resolve(ACTIVATIONS)) && files.findAny().isPresent()) {
        throw new PerceptException(
            out
                + " is not empty and holds no training of autoencoders; choose another folder with"
                + " -o");
      }
    } catch (IOException e) {
      throw new PerceptException("cannot look into " + out + " (" + e + "); choose another", e);
    }
  }

  private record Judged(double accuracy, List<SaeSelection.Candidate> candidates) {}

  private Judged judge(
      List<SaeTrainer.Checkpoint> kept, SplitModel model, SaeData data, OpenedModel opened) {
    double accuracy = Double.NaN;
    List<SaeSelection.Candidate> candidates = new ArrayList<>();
    for (int from = 0; from < kept.size(); from += TOGETHER) {
      List<SaeTrainer.Checkpoint> some = kept.subList(from, Math.min(kept.size(), from + TOGETHER));
      List<SparseAutoencoder> banks =
          some.stream().map(c -> SaeFile.read(c.folder()).bank()).toList();
      SaeEvaluation.Result result =
          SaeEvaluation.measure(
              model, data.heldOut(opened), data.truth(), banks, request.batch(), run);
      accuracy = result.accuracy();
      for (int i = 0; i < some.size(); i++) {
        candidates.add(new SaeSelection.Candidate(some.get(i), result.each().get(i)));
      }
    }
    return new Judged(accuracy, candidates);
  }

  /** Trains the chosen size again: from other starts, and on halves of the pictures. */
  private SaeStability stability(ActivationShards shards, SaeSelection.Candidate chosen) {
    SaeSpec of = chosen.checkpoint().spec();
    List<SaeSpec> specs = new ArrayList<>();
    for (int i = 0; i < request.refits(); i++) {
      specs.add(again(of, 1000 + i, SaeSpec.Part.ALL));
    }
    specs.add(again(of, 2000, SaeSpec.Part.FIRST_HALF));
    specs.add(again(of, 2001, SaeSpec.Part.SECOND_HALF));
    List<SaeTrainer.Checkpoint> kept =
        SaeTrainer.train(
            shards,
            specs,
            training(shards, request.training().epochs()),
            request.out().resolve("stability"),
            request.versions(),
            run);
    List<Tensor> atoms =
        kept.stream().map(c -> SaeFile.read(c.folder()).bank().dictionary().atoms()).toList();
    Tensor own = SaeFile.read(chosen.checkpoint().folder()).bank().dictionary().atoms();
    return SaeStability.of(
        own,
        atoms.subList(0, request.refits()),
        atoms.subList(request.refits(), atoms.size()),
        chosen.quality().prevalence().stream().map(share -> share > 0).toList(),
        run);
  }

  private static SaeSpec again(SaeSpec of, long shift, SaeSpec.Part part) {
    return new SaeSpec(of.kind(), of.latents(), of.k(), of.rate(), of.seed() + shift, part);
  }

  private SaeSweep sweep(
      SplitModel model,
      SaeData data,
      ActivationShards shards,
      Judged judged,
      SaeSelection selection,
      @Nullable SaeStability stability) {
    List<String> notes = new ArrayList<>(data.notes());
    String weighting = shards.index().source().weighting();
    if (!weighting.equals("exact")) {
      notes.add(
          weighting.equals("estimated")
              ? "no B-cos network: positions were drawn by |activation x gradient|, an estimate;"
                  + " what latents contribute to an answer can be estimated, not read off"
              : "no gradients: positions were drawn evenly; what latents contribute to an answer"
                  + " can be estimated, not read off");
    }
    if (selection.drop() > request.maxDrop()) {
      notes.add(
          "no autoencoder loses so little; the one that loses least was taken. More latents, a"
              + " larger k or more epochs may help");
    }
    return new SaeSweep(
        SaeSweep.SCHEMA,
        model.info().file(),
        model.info().sha256(),
        model.info().layer(),
        model.features(),
        shards.index().pictures(),
        data.truth().size(),
        shards.index().positions(),
        weighting,
        judged.accuracy(),
        request.maxDrop(),
        judged.candidates().stream().map(c -> point(c, selection)).toList(),
        judged.candidates().indexOf(selection.chosen()),
        stability == null ? null : stability(stability, selection.chosen()),
        notes,
        request.options(),
        run.seed(),
        request.versions());
  }

  private static SaeSweep.Point point(SaeSelection.Candidate c, SaeSelection selection) {
    SaeSpec spec = c.checkpoint().spec();
    SaeEvaluation.Quality q = c.quality();
    return new SaeSweep.Point(
        spec.name(),
        spec.kind().toString(),
        spec.latents(),
        spec.k(),
        spec.rate(),
        c.checkpoint().epoch(),
        selection.best().contains(c),
        q.l0(),
        q.l0Picture(),
        q.r2(),
        q.accuracy(),
        q.kept(),
        q.dead(),
        q.alwaysOn());
  }

  private SaeSweep.Stability stability(SaeStability found, SaeSelection.Candidate chosen) {
    List<SaeSweep.Latent> latents = new ArrayList<>();
    for (int k = 0; k < found.latents().size(); k++) {
      SaeStability.Latent l = found.latents().get(k);
      latents.add(
          new SaeSweep.Latent(
              chosen.quality().prevalence().get(k), l.starts(), l.data(), l.badge().toString()));
    }
    return new SaeSweep.Stability(request.refits(), 2, found.random(), found.random95(), latents);
  }

  private Written write(
      SaeSweep sweep, SaeSelection.Candidate chosen, @Nullable SaeStability stability) {
    SaeFile.Stored stored = SaeFile.read(chosen.checkpoint().folder());
    Map<String, Double> metrics = new TreeMap<>();
    SaeEvaluation.Quality q = chosen.quality();
    metrics.put("l0", q.l0());
    metrics.put("l0-picture", q.l0Picture());
    metrics.put("r2", q.r2());
    metrics.put("kept", q.kept());
    metrics.put("dead", (double) q.dead());
    metrics.put("always-on", (double) q.alwaysOn());
    if (!Double.isNaN(q.accuracy())) {
      metrics.put("accuracy", q.accuracy());
      metrics.put("accuracy-alone", sweep.accuracy());
    }
    if (stability != null) {
      metrics.put("stable", (double) stability.count(SaeStability.Badge.STABLE));
      metrics.put("not-stable", (double) stability.count(SaeStability.Badge.NOT));
    }
    Path folder = request.out().resolve(CHOSEN);
    SaeFile.write(folder, stored.bank(), stored.card().withMetrics(metrics));
    Path page = request.out().resolve(PAGE);
    try {
      JsonFile.write(request.out().resolve(SWEEP), sweep);
    } catch (IOException e) {
      throw new PerceptException(
          "cannot write " + SWEEP + " (" + e + "); make room on the disk and start again", e);
    }
    SaePage.write(sweep, page);
    return new Written(sweep, folder, page);
  }
}
