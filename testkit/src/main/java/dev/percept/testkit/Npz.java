package dev.percept.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** NumPy arrays of a golden file in the {@code .npz} format: a zip of {@code .npy} files. */
public final class Npz {
  private Npz() {}

  /** Reads a class path resource, relative to {@code test}: arrays by their names. */
  public static Map<String, Npy> resource(Class<?> test, String name) {
    try (InputStream in = test.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalArgumentException("no test resource " + name);
      }
      ZipInputStream zip = new ZipInputStream(in);
      Map<String, Npy> arrays = new TreeMap<>();
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        arrays.put(entry.getName().replaceFirst("\\.npy$", ""), Npy.read(zip));
      }
      return arrays;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
