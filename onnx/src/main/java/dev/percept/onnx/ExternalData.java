package dev.percept.onnx;

import dev.percept.core.PerceptException;
import dev.percept.onnx.proto.AttributeProto;
import dev.percept.onnx.proto.GraphProto;
import dev.percept.onnx.proto.NodeProto;
import dev.percept.onnx.proto.StringStringEntryProto;
import dev.percept.onnx.proto.TensorProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Checks the files beside a model in which it keeps weights. A model file is untrusted: none of its
 * references may leave its folder, not even through a symbolic link.
 */
final class ExternalData {
  private final Path folder;
  private final String file;

  private final Path self;
  private boolean found;

  /**
   * @param model the model file as it was named
   * @param real where it really lies; references to it were made by {@link WeightsAside}
   */
  ExternalData(Path model, Path real) throws IOException {
    Path parent = model.toAbsolutePath().getParent();
    this.folder = (parent == null ? model.toAbsolutePath() : parent).toRealPath();
    this.file = String.valueOf(model.getFileName());
    this.self = real;
  }

  /**
   * Checks every tensor of {@code graph}, nested graphs included.
   *
   * @return whether there are weights in other files
   */
  boolean check(GraphProto graph) throws IOException {
    for (TensorProto t : graph.getInitializerList()) {
      check(t);
    }
    for (NodeProto node : graph.getNodeList()) {
      for (AttributeProto a : node.getAttributeList()) {
        check(a.getT());
        for (TensorProto t : a.getTensorsList()) {
          check(t);
        }
        if (a.hasG()) {
          check(a.getG());
        }
        for (GraphProto g : a.getGraphsList()) {
          check(g);
        }
      }
    }
    return found;
  }

  private void check(TensorProto t) throws IOException {
    if (!TensorData.isExternal(t)) {
      return;
    }
    String location = value(t, "location", "");
    if (location.equals(String.valueOf(self.getFileName()))) {
      checkRange(t, location, self);
      return;
    }
    found = true;
    Path data = inside(location);
    if (!Files.isRegularFile(data)) {
      throw new PerceptException(
          file
              + ": weights of '"
              + t.getName()
              + "' should lie in '"
              + location
              + "' beside the model, which is not there; copy that file next to the model");
    }
    checkRange(t, location, data);
  }

  private void checkRange(TensorProto t, String location, Path data) throws IOException {
    long offset = number(t, "offset", 0, file);
    long size = Files.size(data);
    long length = number(t, "length", size - offset, file);
    if (offset < 0 || length < 0 || offset > size || length > size - offset) {
      throw new PerceptException(
          file
              + ": weights of '"
              + t.getName()
              + "' reach beyond the end of '"
              + location
              + "' ("
              + size
              + " bytes); copy or export it again");
    }
    int each = TensorData.type(t).bytes();
    if (each > 0 && TensorData.count(t) != length / each) {
      throw new PerceptException(
          file
              + " is damaged (tensor "
              + t.getName()
              + ": expected "
              + TensorData.count(t)
              + " values, found "
              + length / each
              + "); download or export it again");
    }
  }

  private Path inside(String location) throws IOException {
    Path path;
    try {
      path = Path.of(location);
    } catch (InvalidPathException e) {
      throw outside(location, e);
    }
    Path resolved = folder.resolve(path).normalize();
    // A backslash is a separator elsewhere: what is refused there is refused here.
    boolean climbs = location.isEmpty() || location.contains("\\") || path.isAbsolute();
    for (Path part : path) {
      climbs |= part.toString().equals("..");
    }
    if (climbs || !resolved.startsWith(folder)) {
      throw outside(location, null);
    }
    if (Files.exists(resolved) && !resolved.toRealPath().startsWith(folder)) {
      throw outside(location, null);
    }
    return resolved;
  }

  private PerceptException outside(String location, @Nullable Throwable cause) {
    String message =
        file
            + ": its weights are said to lie in '"
            + location
            + "', outside the model's folder, which is refused; put them beside the model and"
            + " refer to them by name";
    return cause == null ? new PerceptException(message) : new PerceptException(message, cause);
  }

  static long number(TensorProto t, String key, long absent, String file) {
    String text = value(t, key, "");
    if (text.isEmpty()) {
      return absent;
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw new PerceptException(
          file + ": " + key + " of the weights '" + t.getName() + "' is no number: " + text, e);
    }
  }

  static String value(TensorProto t, String key, String absent) {
    for (StringStringEntryProto e : t.getExternalDataList()) {
      if (e.getKey().equals(key)) {
        return e.getValue();
      }
    }
    return absent;
  }
}
