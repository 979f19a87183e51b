package dev.percept.bundle;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Checks that a record from JSON has a value wherever its type promises one: JSON may hold null
 * anywhere, and Java would notice only where the value is used.
 */
final class Complete {
  private Complete() {}

  /**
   * Goes through the components of {@code record}, and what they hold.
   *
   * @throws IllegalArgumentException naming the first component that is null though it is not
   *     marked {@code @Nullable}
   */
  static void check(String name, Record record) {
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      Object value;
      try {
        value = component.getAccessor().invoke(record);
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("the accessors of the records here are public", e);
      }
      boolean optional = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
      if (value != null || !optional) {
        value(name + "." + component.getName(), value);
      }
    }
  }

  private static void value(String name, @Nullable Object value) {
    if (value == null) {
      throw new IllegalArgumentException(name + ": expected a value, found null");
    } else if (value instanceof Record record) {
      check(name, record);
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        value(name + "[" + i + "]", list.get(i));
      }
    } else if (value instanceof Map<?, ?> map) {
      map.forEach((key, element) -> value(name + "." + key, element));
    }
  }
}
