package dev.percept.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.PerceptException;
import dev.percept.core.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureFolderTest {
  private static final byte[] ANY = {1};

  @TempDir Path folder;

  @Test
  void picturesAreListedByNameWhateverTheMachineSpeaks() {
    for (String name : List.of("b.png", "a.JPG", "Z.bmp", "ä.png", "a2.jpeg", "a10.jpeg")) {
      TestPictures.write(folder, name, ANY);
    }
    assertEquals(List.of("Z.bmp", "a.JPG", "a10.jpeg", "a2.jpeg", "b.png", "ä.png"), names(scan()));
    assertEquals(List.of(), scan().classes());
  }

  @Test
  void subFoldersAreClasses() {
    TestPictures.write(folder, "dog/x.png", ANY);
    TestPictures.write(folder, "cat/deep/er/y.png", ANY);
    TestPictures.write(folder, "cat/z.png", ANY);
    TestPictures.write(folder, "empty/readme.txt", ANY);
    assertEquals(List.of("cat/deep/er/y.png", "cat/z.png", "dog/x.png"), names(scan()));
    assertEquals(List.of("cat", "dog"), scan().classes());
    assertEquals(List.of("cat/deep/er/y.png", "cat/z.png"), names(scan().only("cat")));
    assertThrows(PerceptException.class, () -> scan().only("bird"));
  }

  @Test
  void whatIsHiddenOrNoPictureIsIgnored() {
    TestPictures.write(folder, ".hidden.png", ANY);
    TestPictures.write(folder, ".cache/x.png", ANY);
    TestPictures.write(folder, "notes.txt", ANY);
    TestPictures.write(folder, "png", ANY);
    TestPictures.write(folder, "x.png", ANY);
    assertEquals(List.of("x.png"), names(scan()));
  }

  @Test
  void linksThatLeadBackAreNotFollowedForEver() throws IOException {
    TestPictures.write(folder, "a/x.png", ANY);
    try {
      Files.createSymbolicLink(folder.resolve("a/again"), folder);
      Files.createSymbolicLink(folder.resolve("self"), folder.resolve("self"));
      Files.createSymbolicLink(folder.resolve("broken.png"), folder.resolve("nowhere"));
      Files.createSymbolicLink(folder.resolve("twin"), folder.resolve("a"));
    } catch (UnsupportedOperationException e) {
      Assumptions.abort("this file system has no links");
    }
    assertEquals(List.of("a/x.png", "broken.png"), names(scan()));
  }

  @Test
  void nothingToExplainIsSaid() {
    assertTrue(refusal(folder).endsWith("it holds no files"));
    TestPictures.write(folder, "notes.txt", ANY);
    assertTrue(refusal(folder).contains("none of its 1 files ends in .jpg"));
    assertTrue(refusal(folder.resolve("nowhere")).startsWith("no folder or picture"));
  }

  @Test
  void onePictureIsAFolderOfOne() {
    Path file = TestPictures.write(folder, "x.png", ANY);
    assertEquals(List.of("x.png"), names(PictureFolder.scan(file)));
  }

  @Test
  void aSampleIsSeededFairAndInOrder() {
    for (int i = 0; i < 20; i++) {
      TestPictures.write(folder, String.format("%02d.png", i), ANY);
    }
    PictureFolder all = scan();
    List<String> drawn = names(all.sample(6, Run.of(1)));
    assertEquals(6, drawn.size());
    assertEquals(drawn.stream().sorted().toList(), drawn);
    assertEquals(drawn, names(all.sample(6, Run.of(1))));
    assertNotEquals(drawn, names(all.sample(6, Run.of(2))));
    assertEquals(all, all.sample(20, Run.of(1)));
    assertEquals(all, all.sample(500, Run.of(1)));
    assertThrows(IllegalArgumentException.class, () -> all.sample(0, Run.of(1)));
    Set<String> ever = new HashSet<>();
    for (int seed = 0; seed < 100; seed++) {
      ever.addAll(names(all.sample(2, Run.of(seed))));
    }
    assertEquals(20, ever.size(), "each picture is drawn by some seed");
  }

  private PictureFolder scan() {
    return PictureFolder.scan(folder);
  }

  private static List<String> names(PictureFolder found) {
    return found.pictures().stream().map(PictureFile::name).toList();
  }

  private static String refusal(Path path) {
    return String.valueOf(
        assertThrows(PerceptException.class, () -> PictureFolder.scan(path)).getMessage());
  }
}
