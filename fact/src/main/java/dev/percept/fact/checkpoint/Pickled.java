package dev.percept.fact.checkpoint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a pickle describes, as data. Strings, numbers ({@link Long}, {@link Double}), truth values,
 * lists (tuples and sets too) and maps are Java's; the rest is here. Nothing is ever called: where
 * Python would import a class and call it, a {@link Call} says what it would have called.
 */
final class Pickled {
  private Pickled() {}

  /** Python's {@code None}. */
  static final Object NONE =
      new Object() {
        @Override
        public String toString() {
          return "None";
        }
      };

  /** A class or function by its name. */
  record Global(String module, String name) {
    boolean is(String otherModule, String otherName) {
      return module.equals(otherModule) && name.equals(otherName);
    }

    @Override
    public String toString() {
      return module + "." + name;
    }
  }

  /** A reference to something outside the pickle: in checkpoints, to the bytes of a tensor. */
  record Persistent(Object id) {}

  /** What Python would have made by calling something. */
  static final class Call {
    private final Object callable;
    private final List<Object> arguments;
    private final Map<Object, Object> items = new LinkedHashMap<>();

    Call(Object callable, List<Object> arguments) {
      this.callable = callable;
      this.arguments = new ArrayList<>(arguments);
    }

    /** Most often a {@link Global}. */
    Object callable() {
      return callable;
    }

    List<Object> arguments() {
      return arguments;
    }

    /** What was put into it as into a dictionary. */
    Map<Object, Object> items() {
      return items;
    }

    boolean of(String module, String name) {
      return callable instanceof Global global && global.is(module, name);
    }
  }
}
