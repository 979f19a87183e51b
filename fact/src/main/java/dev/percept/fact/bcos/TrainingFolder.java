package dev.percept.fact.bcos;

import dev.percept.bundle.JsonFile;
import dev.percept.bundle.Safetensors;
import dev.percept.core.PerceptException;
import dev.percept.core.Sha256;
import dev.percept.core.Tensor;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a training leaves its state: {@code state-STEP.safetensors} and {@code training.json},
 * which names it. Tensors are written first and the description is renamed over the older one, so
 * that at any moment it names tensors that are whole.
 */
final class TrainingFolder {
  /** The version of this format. */
  static final String SCHEMA = "percept-bcos-training/1";

  private static final String NAME = "training.json";
  private static final String WHAT = "state of a training";

  private final Path folder;

  TrainingFolder(Path folder) {
    this.folder = folder;
  }

  /**
   * What a training is: two of the same give the same bits, step by step.
   *
   * @param network the architecture
   * @param options how it is trained
   * @param data what it is trained on
   * @param seed of the run
   * @param threads of the run
   * @param engine that computes
   */
  record Identity(
      String network, String options, String data, long seed, int threads, String engine) {}

  /**
   * What {@code training.json} holds. Public for the sake of JSON.
   *
   * @param schema {@link #SCHEMA}
   * @param network as in {@link Identity}
   * @param options as in {@link Identity}
   * @param data as in {@link Identity}
   * @param seed as in {@link Identity}
   * @param threads as in {@link Identity}
   * @param engine as in {@link Identity}
   * @param step how many steps have been made
   * @param tensors the file of their result
   * @param sha256 of that file
   */
  public record Described(
      String schema,
      String network,
      String options,
      String data,
      long seed,
      int threads,
      String engine,
      int step,
      String tensors,
      String sha256) {}

  /** Where a training stands. */
  record State(int step, Map<String, Tensor> tensors) {}

  /**
   * The state that was left here, if there is one.
   *
   * @throws PerceptException if it is of another training, of another version or damaged
   */
  Optional<State> read(Identity wanted) {
    Path file = folder.resolve(NAME);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Described found = JsonFile.read(file, Described.class, WHAT);
    if (!found.schema().equals(SCHEMA)) {
      throw new PerceptException(
          file
              + " has the format '"
              + found.schema()
              + "', this program reads '"
              + SCHEMA
              + "'; train in another folder");
    }
    String differences =
        Stream.of(
                differ("network", found.network(), wanted.network()),
                differ("options", found.options(), wanted.options()),
                differ("data", found.data(), wanted.data()),
                differ("seed", found.seed(), wanted.seed()),
                differ("threads", found.threads(), wanted.threads()),
                differ("engine", found.engine(), wanted.engine()))
            .flatMap(Optional::stream)
            .collect(Collectors.joining("; "));
    if (!differences.isEmpty()) {
      throw new PerceptException(
          folder
              + " holds another training ("
              + differences
              + "); ask for the same, or train in another folder");
    }
    Path tensors = folder.resolve(name(found.step()));
    if (!found.tensors().equals(name(found.step())) || !Files.exists(tensors)) {
      throw damaged(tensors, "it is missing");
    }
    if (!Sha256.of(tensors).equals(found.sha256())) {
      throw damaged(tensors, "its content is not what " + NAME + " says");
    }
    return Optional.of(new State(found.step(), Safetensors.read(tensors)));
  }

  private static Optional<String> differ(String what, Object found, Object wanted) {
    return found.equals(wanted)
        ? Optional.empty()
        : Optional.of(what + ": " + found + " there, " + wanted + " asked for");
  }

  private static PerceptException damaged(Path tensors, String why) {
    return new PerceptException(
        tensors + " is damaged: " + why + "; remove the folder to train from the start");
  }

  /**
   * Writes a state in place of the older one.
   *
   * @throws PerceptException if the disk does not take it; the older one then stands
   */
  void write(Identity identity, State state) {
    Path tensors = folder.resolve(name(state.step()));
    Path beside = folder.resolve(name(state.step()) + ".part");
    try {
      Files.createDirectories(folder);
      Safetensors.write(beside, state.tensors());
      Files.move(
          beside, tensors, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      JsonFile.write(
          folder.resolve(NAME),
          new Described(
              SCHEMA,
              identity.network(),
              identity.options(),
              identity.data(),
              identity.seed(),
              identity.threads(),
              identity.engine(),
              state.step(),
              name(state.step()),
              Sha256.of(tensors)));
      removeOthers(state.step());
    } catch (IOException e) {
      throw new PerceptException(
          "cannot write the state of the training to "
              + folder
              + " ("
              + e
              + "); make room on the disk and start again: it goes on where it stood",
          e);
    }
  }

  private static String name(int step) {
    return "state-" + step + ".safetensors";
  }

  /** Older states, and what killed processes have left half written. */
  private void removeOthers(int step) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(folder, "state-*.safetensors{,.part}")) {
      files.forEach(found::add);
    }
    for (Path file : found) {
      if (!file.equals(folder.resolve(name(step)))) {
        Files.delete(file);
      }
    }
  }
}
