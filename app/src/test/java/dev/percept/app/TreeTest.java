package dev.percept.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.bundle.BundleReader;
import dev.percept.bundle.ConceptTree;
import dev.percept.bundle.LoadedBundle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Recursion from the command line to the bundle and the page. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TreeTest {
  private final Path folder;
  private final Path model;
  private final Path pictures;
  private final Path labels;

  TreeTest(@TempDir Path folder) {
    this.folder = folder;
    this.model = TinyModels.affine(folder.resolve("tiny.onnx"));
    this.pictures = TinyPictures.write(folder.resolve("pictures"), 5);
    this.labels = TinyPictures.labels(folder.resolve("labels.txt"));
  }

  private LoadedBundle explain(String name, Object... more) {
    Path out = folder.resolve(name);
    List<Object> all = new ArrayList<>(List.of("--labels", labels));
    all.addAll(List.of(more));
    Percept run = Percept.explain(model, pictures, "apple", out, all.toArray());
    assertEquals(ExitCode.OK, run.status(), run.err());
    return BundleReader.read(out);
  }

  private static ConceptTree tree(LoadedBundle bundle) {
    ConceptTree tree = bundle.bundle().classes().get(0).tree();
    assertNotNull(tree);
    return tree;
  }

  @Test
  void everyConceptIsTakenApartAtAChosenLayer() {
    LoadedBundle bundle = explain("all", "--recursive", 1, "--agreement", 2, "--sub-concepts", 3);
    ConceptTree tree = tree(bundle);
    assertEquals(4, tree.roots().size());
    assertEquals("colours.relu", tree.layers().get(0).tensor(), "the finer map before the pool");
    assertEquals(32, tree.layers().get(0).rows());
    int apart = 0;
    for (ConceptTree.Node root : tree.roots()) {
      assertTrue(List.of("split", "too-few-crops").contains(root.outcome()), root.outcome());
      ConceptTree.Split split = root.split();
      if (split == null) {
        continue;
      }
      apart++;
      assertEquals(3, split.children().size());
      assertTrue(split.kept() > 0.5 && split.kept() < 1.5, "kept " + split.kept());
      double before = Double.POSITIVE_INFINITY;
      for (ConceptTree.Node child : split.children()) {
        ConceptTree.Effect forParent = child.forParent();
        assertNotNull(forParent);
        assertTrue(forParent.total() <= before, "the most important first");
        before = forParent.total();
        assertEquals("depth", child.outcome());
      }
      assertTrue(split.children().get(0).excerpts().size() > 0);
    }
    assertTrue(apart > 0);
    String page = Written.in(folder.resolve("all")).text("report.html");
    assertTrue(page.contains("Taken apart at colours.relu"));
  }

  @Test
  void layersAreNamedFromLaterToEarlier() {
    ConceptTree tree =
        tree(
            explain(
                "named",
                "--recursive",
                2,
                "--layers",
                "coarse,colours.relu",
                "--agreement",
                2,
                "--sub-concepts",
                2));
    assertEquals("coarse", tree.layers().get(0).tensor());
    assertEquals("colours.relu", tree.layers().get(1).tensor());
    boolean deep =
        tree.roots().stream()
            .filter(r -> r.split() != null)
            .flatMap(r -> r.split().children().stream())
            .anyMatch(c -> c.split() != null);
    assertTrue(deep, "a sub-concept was taken apart again");
  }

  @Test
  void withoutTheOptionThereIsNoTree() {
    assertNull(explain("flat").bundle().classes().get(0).tree());
  }
}
