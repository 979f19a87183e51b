package dev.percept.app.sweep;

import dev.percept.app.explain.OutputFolder;
import dev.percept.bundle.ResultFolder;
import dev.percept.bundle.Sweep;
import dev.percept.bundle.SweepFile;
import dev.percept.core.PerceptException;
import dev.percept.core.Run;
import dev.percept.report.SweepPage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Goes through a grid of settings. Every point is written as soon as it is measured, whole or not
 * at all, under a name that says what it depends on; the same command finds it again, whatever
 * stopped it. A point's random numbers depend on the seed and on nothing that was done before, so a
 * sweep that was interrupted ends in the same bytes.
 */
public final class Sweeper {
  private static final String README =
      "Points of a sweep, one file each; 'percept sweep' with the same options goes on from them."
          + " They can be deleted once sweep.json is there.\n";

  private final SweepRequest request;
  private final Run run;
  private final List<String> notes = new ArrayList<>();
  private int measured;
  private int found;
  private int computed;

  /** A sweep that is about to begin. */
  public Sweeper(SweepRequest request, Run run) {
    this.request = request;
    this.run = run;
  }

  /**
   * What was written.
   *
   * @param measured points that were measured now
   * @param found points that an earlier start had measured
   * @param computed tensors of activations that were not on disk
   */
  public record Written(Sweep sweep, Path page, int measured, int found, int computed) {}

  /**
   * Sweeps, and writes {@code sweep.json}, {@code sweep.csv} and {@code sweep.html}.
   *
   * @throws PerceptException if something named is missing or unfit
   */
  public Written sweep() {
    ResultFolder.checkTarget(request.out(), SweepFile.KIND);
    OutputFolder out = OutputFolder.of(request.out());
    out.write(SweepFile.KIND.marker(), README.getBytes(StandardCharsets.UTF_8));
    ActivationCache cache =
        new ActivationCache(request.out().resolve(SweepFile.ACTIVATIONS), request.cacheBytes());
    List<Sweep.Side> sides = new ArrayList<>();
    Map<String, String> versions = new TreeMap<>(request.versions());
    List<SideSweep> each = new ArrayList<>();
    for (SweepRequest.Side side : request.sides()) {
      // All models are looked at before the first of them works: what is unfit is said at once.
      each.add(SideSweep.checked(request, side, run));
    }
    for (SideSweep side : each) {
      sides.add(side.sweep(cache, out));
      measured += side.measured();
      found += side.found();
      notes.addAll(side.notes());
      versions.put("engine", side.engine());
    }
    computed = cache.computed();
    Sweep sweep =
        new Sweep(
            Sweep.SCHEMA,
            options(),
            run.seed(),
            sides,
            notes.stream().distinct().toList(),
            versions);
    run.throwIfCancelled();
    Path json = out.write(SweepFile.NAME, SweepFile.bytes(sweep));
    Sweep written = SweepFile.read(json);
    out.write(SweepFile.TABLE, SweepFile.table(written).getBytes(StandardCharsets.UTF_8));
    Path page = out.write(SweepFile.PAGE, SweepPage.render(written));
    return new Written(written, page, measured, found, computed);
  }

  /** How many points are on disk so far. */
  public int done() {
    return SideSweep.done(request.out());
  }

  private Map<String, String> options() {
    Map<String, String> options = new TreeMap<>();
    options.put("concepts", numbers(request.concepts()));
    if (!request.patches().isEmpty()) {
      options.put("patch", numbers(request.patches()));
    }
    if (!request.pictures().isEmpty()) {
      options.put("pictures", numbers(request.pictures()));
    }
    options.put("crops", Integer.toString(request.crops()));
    options.put("crop-grid", request.cropGrid().name().toLowerCase(java.util.Locale.ROOT));
    options.put("refits", Integer.toString(request.refits()));
    if (request.sides().get(0).inputs().rectify()) {
      options.put("rectify", "");
    }
    if (request.scenes() > 0) {
      options.put("exam", "");
      options.put("scenes", Integer.toString(request.scenes()));
    }
    for (int s = 0; s < request.sides().size(); s++) {
      SweepRequest.Side side = request.sides().get(s);
      String prefix = s == 0 ? "" : "beside-";
      options.put(prefix + "class", side.inputs().target());
      options.put(prefix + "layers", String.join(",", side.layers()));
      options.put(prefix + "extractor", side.extractor().name());
      side.inputs().preprocessOptions().forEach((name, value) -> options.put(prefix + name, value));
      if (side.inputs().maxImages() > 0) {
        options.put("max-images", Integer.toString(side.inputs().maxImages()));
      }
    }
    return options;
  }

  private static String numbers(List<Integer> values) {
    return values.stream().map(v -> Integer.toString(v)).collect(Collectors.joining(","));
  }
}
