package dev.percept.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.UnsafeByteOperations;
import dev.percept.core.PerceptException;
import dev.percept.onnx.proto.ModelProto;
import dev.percept.onnx.proto.OperatorSetIdProto;
import dev.percept.onnx.proto.TensorProto;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * An ONNX file that has been read and checked: it is whole, of an operator set that is understood
 * (9 to 21), uses known operators only, and keeps its weights in itself or in files of its own
 * folder.
 */
public final class OnnxModel {
  /** The oldest operator set that is read. */
  public static final int OLDEST_OPSET = 9;

  /** The newest operator set that is read. */
  public static final int NEWEST_OPSET = 21;

  private static final int IR_VERSION_TAG = 0x08;

  private final Path path;
  private final String name;
  private final String sha256;
  private final long bytes;
  private final int opset;
  private final ModelProto proto;
  private final Graph graph;

  private OnnxModel(Path path, String sha256, long bytes, ModelProto proto) {
    this.path = path;
    this.name = String.valueOf(path.getFileName());
    this.sha256 = sha256;
    this.bytes = bytes;
    this.proto = proto;
    this.opset = checkOpset(proto, name);
    Operators.check(proto, name);
    checkWeights(proto, name);
    this.graph = Graph.of(proto.getGraph(), name);
  }

  /**
   * Reads a model. Its bytes are mapped, not copied; the file must not change meanwhile.
   *
   * @throws PerceptException if the file is missing, empty, cut short, not ONNX, or holds what is
   *     not understood; the sentence says what to do
   */
  public static OnnxModel read(Path path) {
    String name = String.valueOf(path.getFileName());
    if (!Files.isRegularFile(path)) {
      throw new PerceptException(
          Files.isDirectory(path)
              ? path + " is a folder; give the .onnx file in it"
              : "no file " + path + "; give the path of an .onnx file");
    }
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      long size = channel.size();
      if (size == 0) {
        throw new PerceptException(name + " is empty (0 bytes); download or export it again");
      }
      if (size > Integer.MAX_VALUE) {
        throw new PerceptException(
            name
                + " has "
                + size
                + " bytes, more than an ONNX file can have (2 GiB); export it with its weights as"
                + " external data");
      }
      ByteBuffer mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, size);
      ModelProto proto = parse(mapped.duplicate(), name);
      new ExternalData(path).check(proto.getGraph());
      return new OnnxModel(path, sha256(mapped.duplicate()), size, proto);
    } catch (IOException e) {
      throw new PerceptException(
          "cannot read " + path + " (" + e.getMessage() + "); check the file and its permissions",
          e);
    }
  }

  private static ModelProto parse(ByteBuffer bytes, String name) {
    int first = bytes.get(0);
    try {
      CodedInputStream in = UnsafeByteOperations.unsafeWrap(bytes.duplicate()).newCodedInput();
      // Weights stay views of the mapped file instead of copies on the heap.
      in.enableAliasing(true);
      ModelProto proto = ModelProto.parseFrom(in);
      if (proto.getGraph().getNodeCount() > 0 && proto.getOpsetImportCount() > 0) {
        return proto;
      }
      if (!proto.hasGraph() && !proto.hasIrVersion()) {
        throw notOnnx(bytes, name, null);
      }
      throw first == IR_VERSION_TAG ? cutShort(bytes, name, null) : notOnnx(bytes, name, null);
    } catch (IOException e) {
      // Every exporter writes the version of the format first; what starts so was an ONNX file.
      throw first == IR_VERSION_TAG && looksLikeModel(bytes)
          ? cutShort(bytes, name, e)
          : notOnnx(bytes, name, e);
    }
  }

  /** Whether the bytes begin with an IR version and another field of a model. */
  private static boolean looksLikeModel(ByteBuffer bytes) {
    return bytes.limit() < 3 || (bytes.get(1) < 64 && bytes.get(1) > 0 && bytes.get(2) > 0);
  }

  private static PerceptException cutShort(
      ByteBuffer bytes, String name, @Nullable Exception cause) {
    return failure(
        name
            + " is cut short or damaged ("
            + bytes.limit()
            + " bytes found); download or export it again",
        cause);
  }

  private static PerceptException notOnnx(
      ByteBuffer bytes, String name, @Nullable Exception cause) {
    byte[] start = new byte[Math.min(8, bytes.limit())];
    bytes.get(0, start);
    String head = new String(start, StandardCharsets.ISO_8859_1);
    String what = "";
    if (head.startsWith("PK")) {
      what = " (a zip archive, perhaps a PyTorch checkpoint)";
    } else if (head.startsWith("\u0089HDF")) {
      what = " (HDF5, perhaps a Keras model)";
    } else if (head.contains("TFL3")) {
      what = " (a TensorFlow Lite model)";
    } else if (head.startsWith("version ")) {
      what = " (a Git LFS pointer: fetch the file itself with 'git lfs pull')";
    }
    return failure(name + " is not an ONNX model" + what + "; export the network to ONNX", cause);
  }

  private static PerceptException failure(String message, @Nullable Exception cause) {
    return cause == null ? new PerceptException(message) : new PerceptException(message, cause);
  }

  private static int checkOpset(ModelProto proto, String name) {
    for (OperatorSetIdProto o : proto.getOpsetImportList()) {
      if (Operators.isStandard(o.getDomain())) {
        if (o.getVersion() < OLDEST_OPSET || o.getVersion() > NEWEST_OPSET) {
          throw new PerceptException(
              name
                  + " uses opset "
                  + o.getVersion()
                  + ", read are 9 to 21; export it again with opset_version=17");
        }
        return (int) o.getVersion();
      }
    }
    throw new PerceptException(
        name + " names no standard operator set; export it again with opset_version=17");
  }

  private static void checkWeights(ModelProto proto, String name) {
    for (TensorProto t : proto.getGraph().getInitializerList()) {
      try {
        long count = TensorData.count(t);
        if (!TensorData.isExternal(t)
            && TensorData.type(t) != ElementType.OTHER
            && TensorData.stored(t) != count) {
          throw new IllegalArgumentException(
              "tensor "
                  + t.getName()
                  + ": expected "
                  + count
                  + " values, found "
                  + TensorData.stored(t));
        }
      } catch (IllegalArgumentException e) {
        throw new PerceptException(
            name + " is damaged (" + e.getMessage() + "); download or export it again", e);
      }
    }
  }

  private static String sha256(ByteBuffer bytes) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes);
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Where it was read from. */
  public Path path() {
    return path;
  }

  /** The file's name, without its folder. */
  public String name() {
    return name;
  }

  /** SHA-256 of the file, lower-case hexadecimal. */
  public String sha256() {
    return sha256;
  }

  /** The size of the file. */
  public long bytes() {
    return bytes;
  }

  /** The version of the standard operator set. */
  public int opset() {
    return opset;
  }

  /** The message itself. */
  public ModelProto proto() {
    return proto;
  }

  /** Its graph. */
  public Graph graph() {
    return graph;
  }
}
