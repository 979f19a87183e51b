package dev.percept.benchmarks;

import java.util.Map;
import java.util.TreeMap;

/** {@code name=value} arguments over defaults. */
record Options(Map<String, String> values) {
  Options {
    values = Map.copyOf(values);
  }

  static Options of(Map<String, String> defaults, String... arguments) {
    Map<String, String> values = new TreeMap<>(defaults);
    for (String argument : arguments) {
      int at = argument.indexOf('=');
      if (at < 0 || !values.containsKey(argument.substring(0, at))) {
        throw new IllegalArgumentException(
            "argument: one of " + defaults.keySet() + " = value, found " + argument);
      }
      values.put(argument.substring(0, at), argument.substring(at + 1));
    }
    return new Options(values);
  }

  String text(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("no option " + name);
    }
    return value;
  }

  int integer(String name) {
    return Integer.parseInt(text(name));
  }

  double number(String name) {
    return Double.parseDouble(text(name));
  }
}
