package dev.percept.fact.checkpoint;

import dev.percept.bundle.ElementFormat;
import dev.percept.fact.checkpoint.Pickled.Call;
import dev.percept.fact.checkpoint.Pickled.Global;
import dev.percept.fact.checkpoint.Pickled.Persistent;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How many bytes a value has in every storage that a pickle mentions, wherever it does. */
final class StorageWidths {
  private StorageWidths() {}

  /** By the name of the storage. */
  static Map<String, Integer> of(Object top) {
    Map<String, Integer> widths = new HashMap<>();
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Object> open = new ArrayDeque<>();
    open.add(top);
    while (!open.isEmpty()) {
      Object at = open.remove();
      if (!seen.add(at)) {
        continue;
      }
      if (at instanceof Map<?, ?> map) {
        open.addAll(map.values());
      } else if (at instanceof List<?> list) {
        open.addAll(list);
      } else if (at instanceof Call call) {
        open.addAll(call.arguments());
        open.addAll(call.items().values());
      } else if (at instanceof Persistent persistent
          && persistent.id() instanceof List<?> id
          && id.size() > 2
          && id.get(1) instanceof Global type) {
        ElementFormat format = TensorTree.format(type);
        if (format != null) {
          widths.put(String.valueOf(id.get(2)), format.bytes());
        }
      }
    }
    return widths;
  }
}
