package dev.percept.methods.craft;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScratchTest {
  private static final int MAPPED = 64 << 18;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 1000, MAPPED - 1, MAPPED, MAPPED + 3})
  void roomIsZeroAndWritable(int floats) throws IOException {
    Set<Path> before = files();
    FloatBuffer room = Scratch.allocate(floats);
    assertEquals(floats, room.remaining());
    assertEquals(0, room.position());
    assertTrue(room.isDirect());
    assertFalse(room.isReadOnly());
    for (int i = 0; i < floats; i += Math.max(1, floats / 7)) {
      assertEquals(0f, room.get(i));
      room.put(i, i + 0.5f);
      assertEquals(i + 0.5f, room.get(i));
    }
    if (floats > 0) {
      room.put(floats - 1, 3f);
      assertEquals(3f, room.get(floats - 1), "the last value has a place");
    }
    Set<Path> left = files();
    left.removeAll(before);
    // Other processes may be at work here too: theirs are gone in a moment, as ours must be.
    left.removeIf(file -> !Files.exists(file));
    assertEquals(Set.of(), left, "the file behind a mapping has no name any more");
  }

  private static Set<Path> files() throws IOException {
    try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return all.filter(f -> f.getFileName().toString().matches("percept-.*\\.activations"))
          .collect(Collectors.toSet());
    }
  }
}
