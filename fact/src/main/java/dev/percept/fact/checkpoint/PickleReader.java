package dev.percept.fact.checkpoint;

import dev.percept.fact.checkpoint.Pickled.Call;
import dev.percept.fact.checkpoint.Pickled.Global;
import dev.percept.fact.checkpoint.Pickled.Persistent;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads Python's pickle format, protocols 0 to 5, without being Python: a machine with a stack that
 * builds data and calls nothing, so a hostile file can do no more than describe itself.
 *
 * <p>Source: the opcodes as documented in Python's module {@code pickletools}.
 */
final class PickleReader {
  /** Thrown where bytes are no pickle, or one that uses what no checkpoint does. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1;

    Malformed(String message) {
      super(message);
    }
  }

  private static final Object MARK = new Object();

  /** Names and numbers as text; no checkpoint has longer ones. */
  private static final int LONGEST_LINE = 1 << 12;

  private final ByteBuffer in;
  private final List<Object> stack = new ArrayList<>();
  private final Map<Integer, Object> memo = new HashMap<>();

  private PickleReader(ByteBuffer in) {
    this.in = in;
  }

  /**
   * Reads one pickle.
   *
   * @param bytes from its position on; behind the pickle afterwards
   */
  static Object read(ByteBuffer bytes) throws Malformed {
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    try {
      return new PickleReader(bytes).run();
    } catch (BufferUnderflowException e) {
      throw new Malformed("it ends in the middle");
    } catch (NumberFormatException e) {
      throw new Malformed("a number of it is none");
    }
  }

  private Object run() throws Malformed {
    while (true) {
      int code = in.get() & 0xff;
      if (code == '.') {
        return pop();
      }
      step(code);
    }
  }

  private void step(int code) throws Malformed {
    switch (code) {
      case 0x80 -> in.get(); // protocol
      case 0x95 -> in.getLong(); // frame
      case '(' -> stack.add(MARK);
      case '0' -> pop();
      case '1' -> sinceMark();
      case '2' -> stack.add(top());
      case 'N' -> stack.add(Pickled.NONE);
      case 0x88 -> stack.add(true);
      case 0x89 -> stack.add(false);
      case 'I' -> stack.add(whole(line()));
      case 'L' -> stack.add(number(new BigInteger(line().replace("L", ""))));
      case 'F' -> stack.add(Double.valueOf(line()));
      case 'J' -> stack.add((long) in.getInt());
      case 'K' -> stack.add((long) (in.get() & 0xff));
      case 'M' -> stack.add((long) (in.getShort() & 0xffff));
      case 0x8a -> stack.add(integer(in.get() & 0xff));
      case 0x8b -> stack.add(integer(in.getInt()));
      case 'G' -> stack.add(bigEndianDouble());
      case 'S' -> stack.add(quoted(line()));
      case 'V' -> stack.add(line());
      case 'T', 'B' -> stack.add(latin(in.getInt()));
      case 'U', 'C' -> stack.add(latin(in.get() & 0xff));
      case 'X' -> stack.add(text(in.getInt()));
      case 0x8c -> stack.add(text(in.get() & 0xff));
      case 0x8d -> stack.add(text(length(in.getLong())));
      case 0x8e, 0x96 -> stack.add(latin(length(in.getLong())));
      case ']', 0x8f -> stack.add(new ArrayList<>());
      case ')' -> stack.add(List.of());
      case '}' -> stack.add(new LinkedHashMap<>());
      case 'l', 't', 0x91 -> stack.add(new ArrayList<>(sinceMark()));
      case 'd' -> dictionary();
      case 0x85 -> tuple(1);
      case 0x86 -> tuple(2);
      case 0x87 -> tuple(3);
      case 'a' -> append(List.of(pop()));
      case 'e', 0x90 -> append(sinceMark());
      case 's' -> {
        Object value = pop();
        Object key = pop();
        put(List.of(key, value));
      }
      case 'u' -> put(sinceMark());
      case 'p' -> memo.put(Integer.valueOf(line()), top());
      case 'q' -> memo.put(in.get() & 0xff, top());
      case 'r' -> memo.put(in.getInt(), top());
      case 0x94 -> memo.put(memo.size(), top());
      case 'g' -> stack.add(remembered(Integer.parseInt(line())));
      case 'h' -> stack.add(remembered(in.get() & 0xff));
      case 'j' -> stack.add(remembered(in.getInt()));
      case 'c' -> stack.add(new Global(line(), line()));
      case 0x93 -> {
        if (!(pop() instanceof String name) || !(pop() instanceof String module)) {
          throw new Malformed("it names a class by what is no name");
        }
        stack.add(new Global(module, name));
      }
      case 'P' -> stack.add(new Persistent(line()));
      case 'Q' -> stack.add(new Persistent(pop()));
      case 'R', 0x81 -> call();
      case 0x92 -> {
        pop(); // named arguments
        call();
      }
      case 'b' -> build();
      case 'i' -> {
        Global type = new Global(line(), line());
        stack.add(made(type, sinceMark()));
      }
      case 'o' -> {
        List<Object> all = sinceMark();
        if (all.isEmpty()) {
          throw new Malformed("it makes something of nothing");
        }
        stack.add(made(all.get(0), all.subList(1, all.size())));
      }
      default -> throw new Malformed("it uses the opcode 0x" + Integer.toHexString(code));
    }
  }

  private void call() throws Malformed {
    Object arguments = pop();
    stack.add(made(pop(), arguments instanceof List<?> list ? list : List.of()));
  }

  private static Object made(Object callable, List<?> arguments) {
    if (callable instanceof Global global && global.is("collections", "OrderedDict")) {
      Map<Object, Object> map = new LinkedHashMap<>();
      if (!arguments.isEmpty() && arguments.get(0) instanceof List<?> pairs) {
        for (Object pair : pairs) {
          if (pair instanceof List<?> two && two.size() == 2) {
            put(map, two.get(0), two.get(1));
          }
        }
      }
      return map;
    }
    return new Call(callable, new ArrayList<>(arguments));
  }

  /** What an object remembers of itself; only of what would be an instance is that of interest. */
  private void build() throws Malformed {
    Object state = pop();
    if (top() instanceof Call call && state instanceof Map<?, ?> map) {
      map.forEach((key, value) -> put(call.items(), key, value));
    }
  }

  private void dictionary() throws Malformed {
    List<Object> all = sinceMark();
    stack.add(new LinkedHashMap<>());
    put(all);
  }

  private void put(List<Object> keysAndValues) throws Malformed {
    Object target = top();
    if (keysAndValues.size() % 2 != 0) {
      throw new Malformed("a dictionary has a key without a value");
    }
    Map<Object, Object> map;
    if (target instanceof Call call) {
      map = call.items();
    } else if (target instanceof LinkedHashMap<?, ?>) {
      @SuppressWarnings("unchecked") // all maps on the stack are made here
      Map<Object, Object> found = (Map<Object, Object>) target;
      map = found;
    } else {
      throw new Malformed("it puts keys into what is no dictionary");
    }
    for (int i = 0; i < keysAndValues.size(); i += 2) {
      put(map, keysAndValues.get(i), keysAndValues.get(i + 1));
    }
  }

  /** Other keys than these name no tensor, and a list that holds itself has no hash. */
  private static void put(Map<Object, Object> map, Object key, Object value) {
    if (key instanceof String || key instanceof Long) {
      map.put(key, value);
    }
  }

  private void append(List<Object> values) throws Malformed {
    Object target = top();
    if (target instanceof ArrayList<?>) {
      @SuppressWarnings("unchecked") // all lists on the stack are made here
      List<Object> list = (List<Object>) target;
      list.addAll(values);
    } else if (!(target instanceof Call)) {
      throw new Malformed("it appends to what is no list");
    }
  }

  private void tuple(int size) throws Malformed {
    List<Object> tuple = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      tuple.add(0, pop());
    }
    stack.add(tuple);
  }

  private Object remembered(int index) throws Malformed {
    Object value = memo.get(index);
    if (value == null) {
      throw new Malformed("it refers to something that it has not said");
    }
    return value;
  }

  private Object top() throws Malformed {
    if (stack.isEmpty() || stack.get(stack.size() - 1) == MARK) {
      throw new Malformed("it takes something from nothing");
    }
    return stack.get(stack.size() - 1);
  }

  private Object pop() throws Malformed {
    Object value = top();
    stack.remove(stack.size() - 1);
    return value;
  }

  private List<Object> sinceMark() throws Malformed {
    int mark = stack.lastIndexOf(MARK);
    if (mark < 0) {
      throw new Malformed("it ends a list that it has not begun");
    }
    List<Object> tail = stack.subList(mark + 1, stack.size());
    List<Object> values = new ArrayList<>(tail);
    tail.clear();
    stack.remove(mark);
    return values;
  }

  private String line() throws Malformed {
    int from = in.position();
    int length = 0;
    while (in.get() != '\n') {
      if (++length > LONGEST_LINE) {
        throw new Malformed("a line of it is too long");
      }
    }
    byte[] bytes = new byte[length];
    in.get(from, bytes);
    return new String(bytes, StandardCharsets.UTF_8).strip();
  }

  private static Object whole(String digits) {
    return switch (digits) {
      case "00" -> false;
      case "01" -> true;
      default -> Long.valueOf(digits);
    };
  }

  private static String quoted(String line) {
    return line.length() >= 2 ? line.substring(1, line.length() - 1) : line;
  }

  private Object integer(int length) throws Malformed {
    byte[] bytes = bytes(length);
    for (int i = 0; i < length / 2; i++) {
      byte swapped = bytes[i];
      bytes[i] = bytes[length - 1 - i];
      bytes[length - 1 - i] = swapped;
    }
    return number(length == 0 ? BigInteger.ZERO : new BigInteger(bytes));
  }

  /** What does not fit is no size of anything here. */
  private static Object number(BigInteger value) {
    return value.bitLength() < Long.SIZE ? (Object) value.longValueExact() : value;
  }

  private double bigEndianDouble() {
    return Double.longBitsToDouble(Long.reverseBytes(in.getLong()));
  }

  private String text(int length) throws Malformed {
    return new String(bytes(length), StandardCharsets.UTF_8);
  }

  private String latin(int length) throws Malformed {
    return new String(bytes(length), StandardCharsets.ISO_8859_1);
  }

  private int length(long length) throws Malformed {
    if (length < 0 || length > in.remaining()) {
      throw new Malformed("it ends in the middle");
    }
    return (int) length;
  }

  private byte[] bytes(int length) throws Malformed {
    byte[] bytes = new byte[length(length)];
    in.get(bytes);
    return bytes;
  }
}
