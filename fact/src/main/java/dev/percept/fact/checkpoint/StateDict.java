package dev.percept.fact.checkpoint;

import dev.percept.bundle.Safetensors;
import dev.percept.core.PerceptException;
import dev.percept.core.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The named tensors of a checkpoint: what PyTorch calls a state dict. Read from PyTorch's files
 * (the zip of 1.6 and later, and the one before it) and from safetensors, whatever type of number
 * they hold. Nothing in a file is executed.
 *
 * @param tensors by name, in the order of the file (safetensors: of the names)
 * @param ignored names of what lies beside the tensors and is none, such as a training log
 * @param path the keys that lead to the tensors inside the file, for example {@code state_dict};
 *     empty where they are at the top
 */
public record StateDict(Map<String, Tensor> tensors, List<String> ignored, List<String> path) {
  private static final byte[] ZIP = {'P', 'K', 3, 4};
  private static final int PICKLE_PROTOCOL = 0x80;

  public StateDict {
    tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    ignored = List.copyOf(ignored);
    path = List.copyOf(path);
    if (tensors.isEmpty()) {
      throw new IllegalArgumentException("tensors: at least one, found none");
    }
  }

  /**
   * Reads a file, by its content and not by its name. A prefix that a wrapper has put before every
   * name ({@code module.}, {@code model.}, {@code _orig_mod.}) is taken off.
   *
   * @throws PerceptException if the file is missing, damaged, of another kind, or holds no tensors
   */
  public static StateDict read(Path file) {
    byte[] head = head(file);
    if (startsWith(head, ZIP)) {
      return TorchZip.read(file);
    }
    // First, since the length of its header may begin with any byte.
    if (isSafetensors(head)) {
      Map<String, Tensor> tensors = Safetensors.readAny(file);
      if (tensors.isEmpty()) {
        throw new PerceptException(file + " holds no tensors; give a file with weights");
      }
      return new StateDict(Prefixes.without(tensors), List.of(), List.of());
    }
    if (head.length > 1 && (head[0] & 0xff) == PICKLE_PROTOCOL) {
      return TorchLegacy.read(file);
    }
    throw new PerceptException(
        file
            + " is no checkpoint: expected a file of torch.save (.pth, .pt) or a .safetensors file;"
            + " save the weights with torch.save(model.state_dict(), ...)");
  }

  private static byte[] head(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(16);
    } catch (NoSuchFileException e) {
      throw new PerceptException("there is no file " + file + "; check the path", e);
    } catch (IOException e) {
      throw new PerceptException("cannot read " + file + " (" + e.getMessage() + ")", e);
    }
  }

  private static boolean startsWith(byte[] head, byte[] magic) {
    for (int i = 0; i < magic.length; i++) {
      if (i >= head.length || head[i] != magic[i]) {
        return false;
      }
    }
    return true;
  }

  /** Eight bytes with the length of the header, and a header that is a JSON object. */
  private static boolean isSafetensors(byte[] head) {
    if (head.length < 10 || head[8] != '{') {
      return false;
    }
    long length = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getLong();
    return length >= 2 && length <= Safetensors.MAX_HEADER_BYTES;
  }
}
