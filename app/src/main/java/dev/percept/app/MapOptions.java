package dev.percept.app;

import dev.percept.app.explain.MapRequest;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which maps of concepts are made. */
final class MapOptions {
  @Option(
      names = "--maps",
      split = ",",
      paramLabel = "METHOD",
      completionCandidates = Candidates.class,
      description =
          "Maps of the concepts, to switch between on the page: codes, or attribution methods of"
              + " each concept's code, for example codes,saliency,integrated-gradients. Those that"
              + " take gradients need libtorch. Default: codes.")
  List<String> maps = new ArrayList<>(List.of(MapRequest.CODES));

  @Option(
      names = "--map-pictures",
      paramLabel = "N",
      description =
          "How many shown pictures of a class get such maps, of every concept. Default:"
              + " ${DEFAULT-VALUE}.")
  int pictures = 6;

  @Spec(Spec.Target.MIXEE)
  CommandSpec spec = CommandSpec.create();

  MapRequest request() {
    return request(spec, maps, RunOptions.atLeastOne(spec, "--map-pictures", pictures, 1));
  }

  /** The maps of a list of names, of which codes are always one. */
  static MapRequest request(CommandSpec spec, List<String> names, int pictures) {
    List<String> methods =
        names.stream().distinct().filter(m -> !m.equals(MapRequest.CODES)).toList();
    try {
      return new MapRequest(methods, pictures);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(), "Invalid value for option '--maps': " + e.getMessage());
    }
  }

  /** What a shell can offer. */
  static final class Candidates implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return MapRequest.names().iterator();
    }
  }
}
