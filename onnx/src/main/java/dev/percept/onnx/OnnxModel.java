package dev.percept.onnx;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.percept.core.PerceptException;
import dev.percept.onnx.proto.ModelProto;
import dev.percept.onnx.proto.OperatorSetIdProto;
import dev.percept.onnx.proto.TensorProto;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
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
  private final Path folder;
  private final String name;
  private final String sha256;
  private final long bytes;
  private final int opset;
  private final ModelProto proto;
  private final @Nullable TextInputs texts;
  private final Graph graph;

  private OnnxModel(Path path, Path folder, String sha256, long bytes, ModelProto proto) {
    this.path = path;
    this.folder = folder;
    this.name = String.valueOf(path.getFileName());
    this.sha256 = sha256;
    this.bytes = bytes;
    this.proto = proto;
    this.opset = checkOpset(proto, name);
    Operators.check(proto, name);
    checkWeights(proto, name);
    this.texts = TextInputs.find(proto.getGraph(), name);
    this.graph =
        Graph.of(
            texts == null ? proto.getGraph() : TextAdapter.adapt(proto.getGraph(), texts, opset),
            name);
  }

  /**
   * Reads a model. Large weights stay in the file: in {@link #proto()} they are external data,
   * whose location is the file's own name. The file must not change while the model is used.
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
      Path real = path.toRealPath();
      ModelProto proto = parse(channel, name, String.valueOf(real.getFileName()));
      boolean external = new ExternalData(path, real).check(proto.getGraph());
      if (external && !folderOf(path).equals(folderOf(real))) {
        throw new PerceptException(
            name
                + " is a link to another folder than that of its external weights; put the model"
                + " and its weights into one folder");
      }
      return new OnnxModel(path, folderOf(real), sha256(channel), size, proto);
    } catch (IOException e) {
      throw new PerceptException(
          "cannot read " + path + " (" + e.getMessage() + "); check the file and its permissions",
          e);
    }
  }

  private static Path folderOf(Path file) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    return (parent == null ? file.toAbsolutePath() : parent).toRealPath();
  }

  private static ModelProto parse(FileChannel channel, String name, String location)
      throws IOException {
    byte[] start = new byte[(int) Math.min(8, channel.size())];
    channel.read(ByteBuffer.wrap(start), 0);
    long size = channel.size();
    // Every exporter writes the version of the format first; what starts so was an ONNX file.
    boolean begins = start[0] == IR_VERSION_TAG && (size < 3 || (start[1] > 0 && start[2] > 0));
    try {
      ModelProto proto = ModelProto.parseFrom(WeightsAside.read(channel, location));
      if (proto.getGraph().getNodeCount() > 0 && proto.getOpsetImportCount() > 0) {
        return proto;
      }
      throw begins ? cutShort(size, name, null) : notOnnx(start, name, null);
    } catch (InvalidProtocolBufferException | EOFException e) {
      throw begins ? cutShort(size, name, e) : notOnnx(start, name, e);
    } catch (WireReader.NoMessage e) {
      throw notOnnx(start, name, e);
    }
  }

  private static PerceptException cutShort(long size, String name, @Nullable Exception cause) {
    return failure(
        name + " is cut short or damaged (" + size + " bytes found); download or export it again",
        cause);
  }

  private static PerceptException notOnnx(byte[] start, String name, @Nullable Exception cause) {
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

  private static String sha256(FileChannel channel) throws IOException {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      ByteBuffer block = ByteBuffer.allocate(1 << 20);
      long at = 0;
      for (int got = channel.read(block, at); got > 0; got = channel.read(block, at)) {
        at += got;
        digest.update(block.flip());
        block.clear();
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Where it was read from. */
  public Path path() {
    return path;
  }

  /** The real folder against which the locations of external weights are resolved. */
  public Path folder() {
    return folder;
  }

  /**
   * The bytes of a weight in little-endian order, mapped from its file where it lies in one.
   *
   * @throws PerceptException if the file cannot be read
   */
  public ByteBuffer weight(TensorProto tensor) {
    if (!TensorData.isExternal(tensor)) {
      return TensorData.raw(TensorData.inline(tensor));
    }
    Path file = folder.resolve(ExternalData.value(tensor, "location", ""));
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long offset = ExternalData.number(tensor, "offset", 0, name);
      long length = ExternalData.number(tensor, "length", channel.size() - offset, name);
      return channel
          .map(FileChannel.MapMode.READ_ONLY, offset, length)
          .order(ByteOrder.LITTLE_ENDIAN);
    } catch (IOException e) {
      throw new PerceptException(
          "cannot read the weights of " + name + " (" + e.getMessage() + "); check the file", e);
    }
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

  /** Texts that the file keeps with the model, by name. */
  public Map<String, String> metadata() {
    return metadata(proto);
  }

  private static Map<String, String> metadata(ModelProto proto) {
    Map<String, String> metadata = new TreeMap<>();
    proto.getMetadataPropsList().forEach(p -> metadata.put(p.getKey(), p.getValue()));
    return metadata;
  }

  /**
   * The same of a file that is not read otherwise; none where it is no model, which whoever opens
   * it will say.
   */
  public static Map<String, String> metadata(Path path) {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      return metadata(ModelProto.parseFrom(WeightsAside.read(channel, "")));
    } catch (IOException e) {
      return Map.of();
    }
  }

  /** The message itself. */
  public ModelProto proto() {
    return proto;
  }

  /** How texts go in; null for a model of something else. */
  public @Nullable TextInputs texts() {
    return texts;
  }

  /** Its graph; that of a model of texts has one input, from which the model's own are made. */
  public Graph graph() {
    return graph;
  }
}
