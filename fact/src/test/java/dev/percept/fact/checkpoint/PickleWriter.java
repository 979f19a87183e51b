package dev.percept.fact.checkpoint;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Writes pickles of protocol 2 as {@code torch.save} does, without a memo. */
final class PickleWriter {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** A class or function. */
  record Name(String module, String name) {}

  /** A call: REDUCE. */
  record Made(Name callable, List<?> arguments) {}

  /** A reference to a storage. */
  record Outside(List<?> id) {}

  /** A map that is an OrderedDict with an attribute, as {@code Module.state_dict()} gives it. */
  record Ordered(Map<String, ?> items) {}

  /** One pickle. */
  static byte[] bytes(Object value) {
    PickleWriter writer = new PickleWriter();
    writer.out.write(0x80);
    writer.out.write(2);
    writer.write(value);
    writer.out.write('.');
    return writer.out.toByteArray();
  }

  private void write(Object value) {
    if (value instanceof String text) {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      out.write('X');
      little(bytes.length, 4);
      out.writeBytes(bytes);
    } else if (value instanceof Integer number) {
      integer(number);
    } else if (value instanceof Long number) {
      out.write(0x8a);
      out.write(8);
      little(number, 8);
    } else if (value instanceof Double number) {
      out.write('G');
      out.writeBytes(ByteBuffer.allocate(8).putDouble(number).array());
    } else if (value instanceof Boolean truth) {
      out.write(truth ? 0x88 : 0x89);
    } else if (value instanceof Name name) {
      out.write('c');
      out.writeBytes((name.module() + "\n" + name.name() + "\n").getBytes(StandardCharsets.UTF_8));
    } else if (value instanceof Made made) {
      write(made.callable());
      tuple(made.arguments());
      out.write('R');
    } else if (value instanceof Outside outside) {
      tuple(outside.id());
      out.write('Q');
    } else if (value instanceof Ordered ordered) {
      write(new Name("collections", "OrderedDict"));
      out.write(')');
      out.write('R');
      items(ordered.items());
      write(Map.of("_metadata", new Made(new Name("collections", "OrderedDict"), List.of())));
      out.write('b');
    } else if (value instanceof Map<?, ?> map) {
      out.write('}');
      items(map);
    } else if (value instanceof List<?> list) {
      tuple(list);
    } else {
      throw new IllegalArgumentException("cannot pickle " + value);
    }
  }

  private void integer(int number) {
    if (number >= 0 && number < 256) {
      out.write('K');
      out.write(number);
    } else {
      out.write('J');
      little(number, 4);
    }
  }

  private void items(Map<?, ?> map) {
    out.write('(');
    map.forEach(
        (key, value) -> {
          write(key);
          write(value);
        });
    out.write('u');
  }

  private void tuple(List<?> values) {
    out.write('(');
    values.forEach(this::write);
    out.write('t');
  }

  private void little(long number, int bytes) {
    byte[] all = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(number).array();
    out.write(all, 0, bytes);
  }
}
