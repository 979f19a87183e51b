package dev.percept.app;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A run of the command line in this process.
 *
 * @param status exit status
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 */
record Percept(int status, String out, String err) {
  static Percept run(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] args = Arrays.stream(arguments).map(Object::toString).toArray(String[]::new);
    int status = Main.run(args, new PrintWriter(out, true), new PrintWriter(err, true));
    return new Percept(status, out.toString(), err.toString());
  }

  /** {@code explain} with few concepts and the preprocessing of {@link TinyModels}. */
  static Percept explain(Path model, Path images, String target, Path out, Object... more) {
    List<Object> args =
        new ArrayList<>(
            List.of(
                "explain",
                "-m",
                model,
                "-i",
                images,
                "-c",
                target,
                "--preprocess",
                "unit",
                "-o",
                out));
    if (!Arrays.asList(more).contains("--concepts")) {
      args.addAll(List.of("--concepts", "4"));
    }
    args.addAll(Arrays.asList(more));
    return run(args.toArray());
  }

  /** The lines of standard error. */
  List<String> errors() {
    return err.lines().toList();
  }
}
