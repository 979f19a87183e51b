package dev.percept.fact.checkpoint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.bundle.Safetensors;
import dev.percept.core.PerceptException;
import dev.percept.core.Run;
import dev.percept.core.Shape;
import dev.percept.core.Tensor;
import dev.percept.engine.torch.TorchEngine;
import dev.percept.engine.torch.graph.Memory;
import dev.percept.fact.checkpoint.PickleWriter.Made;
import dev.percept.fact.checkpoint.PickleWriter.Name;
import dev.percept.fact.checkpoint.PickleWriter.Ordered;
import dev.percept.fact.checkpoint.PickleWriter.Outside;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.zip.ZipOutputStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@NullUnmarked // a null fails the test
class StateDictTest {
  @TempDir Path folder;

  private final TorchFiles files = new TorchFiles();

  private Path file() {
    return folder.resolve("weights.pth");
  }

  private static Tensor tensor(int... dims) {
    Shape shape = Shape.of(dims);
    float[] values = new float[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = i * .37f - 1;
    }
    return Tensor.wrap(shape, values);
  }

  private static void assertSame(Tensor expected, Tensor found) {
    assertEquals(expected.shape(), found.shape());
    assertArrayEquals(expected.toArray(), found.toArray());
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.capacity()];
    buffer.get(0, bytes);
    return bytes;
  }

  @Test
  void anOrderedDictWithMetadataIsReadInItsOrder() {
    Map<String, Tensor> weights = new LinkedHashMap<>();
    weights.put("conv1.linear.weight", tensor(4, 6, 3, 3));
    weights.put("bn1.weight", tensor(4));
    weights.put("bn1.scalar", tensor());
    weights.put("a.empty", Tensor.zeros(Shape.of(0, 3)));
    TorchFiles.write(file(), weights);
    StateDict read = StateDict.read(file());
    assertEquals(List.copyOf(weights.keySet()), List.copyOf(read.tensors().keySet()));
    weights.forEach((name, tensor) -> assertSame(tensor, read.tensors().get(name)));
    assertEquals(List.of(), read.ignored());
    assertEquals(List.of(), read.path());
  }

  @Test
  @SuppressWarnings("try") // scopes are there to be closed
  void whatLibtorchItselfWritesIsRead() throws Exception {
    TorchEngine.start(1);
    Tensor a = tensor(3, 5);
    try (PointerScope scope = new PointerScope()) {
      Files.write(file(), torch.pickle_save(new IValue(Memory.load(a).t())).get());
    }
    Tensor turned = StateDict.read(file()).tensors().get("tensor");
    assertEquals(Shape.of(5, 3), turned.shape());
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 5; j++) {
        assertEquals(a.get(i, j), turned.get(j, i));
      }
    }
  }

  @Test
  void everyTypeOfNumberIsRead() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("f64", one("DoubleStorage", bytes(buffer(16).putDouble(0, -2.5).putDouble(8, 7)), 2));
    all.put("i64", one("LongStorage", bytes(buffer(16).putLong(0, -3).putLong(8, 1L << 20)), 2));
    all.put("i32", one("IntStorage", bytes(buffer(8).putInt(0, -3).putInt(4, 9)), 2));
    all.put(
        "i16",
        one("ShortStorage", bytes(buffer(4).putShort(0, (short) -3).putShort(2, (short) 9)), 2));
    all.put("i8", one("CharStorage", new byte[] {-3, 9}, 2));
    all.put("u8", one("ByteStorage", new byte[] {(byte) 253, 9}, 2));
    all.put("bool", one("BoolStorage", new byte[] {1, 0}, 2));
    all.put(
        "f16",
        one(
            "HalfStorage",
            bytes(buffer(4).putShort(0, (short) 0xc000).putShort(2, (short) 0x3555)),
            2));
    all.put(
        "bf16",
        one(
            "BFloat16Storage",
            bytes(buffer(4).putShort(0, (short) 0xbf80).putShort(2, (short) 0x4049)),
            2));
    files.zip(file(), all);
    Map<String, Tensor> read = StateDict.read(file()).tensors();
    Map<String, float[]> expected =
        Map.of(
            "f64", new float[] {-2.5f, 7},
            "i64", new float[] {-3, 1 << 20},
            "i32", new float[] {-3, 9},
            "i16", new float[] {-3, 9},
            "i8", new float[] {-3, 9},
            "u8", new float[] {253, 9},
            "bool", new float[] {1, 0},
            "f16", new float[] {-2, 0x1.554p-2f},
            "bf16", new float[] {-1, 3.140625f});
    assertEquals(expected.keySet(), read.keySet());
    expected.forEach((name, values) -> assertArrayEquals(values, read.get(name).toArray(), name));
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private Object one(String type, byte[] bytes, int count) {
    return TorchFiles.view(files.storage(type, bytes, count), 0, new int[] {count}, new int[] {1});
  }

  @Test
  void viewsOfOneStorageAreGathered() {
    ByteBuffer bytes = buffer(4 * 6);
    for (int i = 0; i < 6; i++) {
      bytes.putFloat(i);
    }
    Outside shared = files.storage("FloatStorage", bytes(bytes), 6);
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("rows", TorchFiles.view(shared, 0, new int[] {2, 3}, new int[] {3, 1}));
    all.put("turned", TorchFiles.view(shared, 0, new int[] {3, 2}, new int[] {1, 3}));
    all.put("last", TorchFiles.view(shared, 4, new int[] {2}, new int[] {1}));
    all.put(
        "parameter",
        new Made(
            new Name("torch._utils", "_rebuild_parameter"),
            List.of(
                TorchFiles.view(shared, 1, new int[] {2}, new int[] {2}),
                true,
                new Made(new Name("collections", "OrderedDict"), List.of()))));
    files.zip(file(), all);
    Map<String, Tensor> read = StateDict.read(file()).tensors();
    assertArrayEquals(new float[] {0, 1, 2, 3, 4, 5}, read.get("rows").toArray());
    assertArrayEquals(new float[] {0, 3, 1, 4, 2, 5}, read.get("turned").toArray());
    assertArrayEquals(new float[] {4, 5}, read.get("last").toArray());
    assertArrayEquals(new float[] {1, 3}, read.get("parameter").toArray());
  }

  @Test
  void aTrainersFileIsOpenedAtItsWeights() {
    Map<String, Object> weights = new LinkedHashMap<>();
    weights.put("model.fc.weight", files.tensor(tensor(2, 2)));
    weights.put("model.fc.bias", files.tensor(tensor(2)));
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("epoch", 89);
    all.put("hyper_parameters", new Made(new Name("argparse", "Namespace"), List.of()));
    all.put("state_dict", new Ordered(weights));
    files.zip(file(), all);
    StateDict read = StateDict.read(file());
    assertEquals(List.of("fc.weight", "fc.bias"), List.copyOf(read.tensors().keySet()));
    assertEquals(List.of("state_dict"), read.path());
  }

  @Test
  void whatIsNoTensorIsNamed() {
    // An autoencoder of FaCT: tensors with a log beside them.
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("encoder.weight", files.tensor(tensor(8, 4)));
    all.put("decoder.weight", files.tensor(tensor(4, 8)));
    all.put("log", Map.of("l2_loss", .5, "steps", 5_000_000_000L));
    files.zip(file(), all);
    StateDict read = StateDict.read(file());
    assertEquals(List.of("log"), read.ignored());
    assertEquals(2, read.tensors().size());
  }

  @Test
  void theFormatBefore16IsRead() throws IOException {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("a", files.tensor(tensor(2, 3)));
    all.put("b", files.tensor(tensor(5)));
    files.legacy(file(), new Ordered(all), 4);
    Map<String, Tensor> read = StateDict.read(file()).tensors();
    assertSame(tensor(2, 3), read.get("a"));
    assertSame(tensor(5), read.get("b"));

    byte[] whole = Files.readAllBytes(file());
    Files.write(file(), java.util.Arrays.copyOf(whole, whole.length - 3));
    assertSentence("ends within storage 1");
  }

  @Test
  void safetensorsAreRead() throws IOException {
    Safetensors.write(file(), Map.of("module.w", tensor(2, 2), "module.b", tensor(2)));
    assertEquals(java.util.Set.of("w", "b"), StateDict.read(file()).tensors().keySet());

    String header = "{\"h\":{\"dtype\":\"F16\",\"shape\":[2],\"data_offsets\":[0,4]}}";
    ByteBuffer bytes = buffer(8 + header.length() + 4);
    bytes.putLong(header.length()).put(header.getBytes(StandardCharsets.UTF_8));
    bytes.putShort((short) 0xc000).putShort((short) 0x3c00);
    Files.write(file(), bytes(bytes));
    assertArrayEquals(new float[] {-2, 1}, StateDict.read(file()).tensors().get("h").toArray());
    PerceptException e = assertThrows(PerceptException.class, () -> Safetensors.read(file()));
    assertTrue(e.getMessage().contains("has the type \"F16\", not F32"), e.getMessage());
  }

  @Test
  void nothingInAFileIsExecuted() {
    Path trace = folder.resolve("trace");
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("w", files.tensor(tensor(2)));
    all.put("evil", new Made(new Name("os", "system"), List.of("touch " + trace)));
    all.put("worse", new Made(new Name("java.lang.Runtime", "exec"), List.of("touch " + trace)));
    files.zip(file(), all);
    StateDict read = StateDict.read(file());
    assertEquals(List.of("evil", "worse"), read.ignored());
    assertFalse(Files.exists(trace));
  }

  @Test
  void unfitFilesGetASentence() throws IOException {
    assertSentence("there is no file");
    Files.writeString(file(), "hello, this is text");
    assertSentence("is no checkpoint");
    Files.write(file(), new byte[0]);
    assertSentence("is no checkpoint");

    files.zip(file(), new Made(new Name("my.net", "Net"), List.of()));
    assertSentence("holds a whole object (my.net.Net)");
    files.zip(file(), Map.of("epoch", 3));
    assertSentence("holds no named tensors (only epoch)");
    files.zip(file(), PickleWriter.bytes(Map.of("w", files.tensor(tensor(2)))), "big");
    assertSentence("not little-endian");
    files.zip(file(), new byte[] {(byte) 0x80, 2, '}', 'q'}, "little");
    assertSentence("its description is damaged (it ends in the middle)");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file()))) {
      TorchFiles.entry(zip, "readme.txt", new byte[3]);
    }
    assertSentence("not one of torch.save");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file()))) {
      TorchFiles.entry(zip, "net/data.pkl", PickleWriter.bytes(Map.of()));
      TorchFiles.entry(zip, "net/constants.pkl", PickleWriter.bytes(List.of()));
    }
    assertSentence("TorchScript");
  }

  @Test
  void tensorsThatLieAboutTheirStorageAreRefused() {
    Outside storage = files.storage("FloatStorage", new byte[16], 4);
    assertRefused(TorchFiles.view(storage, 0, new int[] {5}, new int[] {1}), "beyond its storage");
    assertRefused(TorchFiles.view(storage, 3, new int[] {2}, new int[] {1}), "beyond its storage");
    assertRefused(TorchFiles.view(storage, 0, new int[] {2}, new int[] {9}), "beyond its storage");
    // Two thousand million values out of four: repeated ones.
    assertRefused(
        TorchFiles.view(storage, 0, new int[] {1 << 16, 1 << 15}, new int[] {0, 0}),
        "beyond its storage");
    assertRefused(TorchFiles.view(storage, 0, new int[] {-1}, new int[] {1}), "size or a step");
    assertRefused(
        TorchFiles.view(
            TorchFiles.reference("FloatStorage", "0", 5), 0, new int[] {5}, new int[] {1}),
        "has 16 bytes and should have 20");
    assertRefused(
        TorchFiles.view(
            TorchFiles.reference("FloatStorage", "../x", 4), 0, new int[] {4}, new int[] {1}),
        "storage ../x are missing");
    assertRefused(
        TorchFiles.view(
            TorchFiles.reference("QInt8Storage", "0", 4), 0, new int[] {4}, new int[] {1}),
        "of the type torch.QInt8Storage");
  }

  private void assertRefused(Object tensor, String sentence) {
    files.zip(file(), Map.of("w", tensor));
    assertSentence(sentence);
  }

  private void assertSentence(String part) {
    PerceptException e = assertThrows(PerceptException.class, () -> StateDict.read(file()));
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }

  /** Whatever a byte is changed into, a file is read or refused with a sentence. */
  @Test
  void damagedFilesNeverEndInAnotherFailure() throws IOException {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("a", files.tensor(tensor(2, 3)));
    all.put("b", files.tensor(tensor(4)));
    all.put("log", Map.of("x", 1.5));
    files.legacy(file(), new Ordered(all), 4);
    byte[] whole = Files.readAllBytes(file());
    RandomGenerator random = Run.of(7).random("damage");
    int refused = 0;
    for (int i = 0; i < 1000; i++) {
      byte[] damaged = whole.clone();
      for (int n = 0; n <= i % 3; n++) {
        damaged[random.nextInt(whole.length)] = (byte) random.nextInt(256);
      }
      Files.write(file(), damaged);
      try {
        StateDict.read(file());
      } catch (PerceptException e) {
        refused++;
      }
    }
    // Half of the bytes are values, where nothing is wrong with any.
    assertTrue(refused > 100, "refused " + refused);
  }
}
