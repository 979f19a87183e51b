package dev.percept.zoo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.percept.core.PerceptException;
import dev.percept.core.Run;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoPicturesTest {
  @TempDir Path folder;

  @Test
  void everySpeciesGetsAFolderOfPictures() throws IOException {
    List<Path> files = DemoPictures.write(folder, 3, Run.of(0).withThreads(2));
    assertEquals(18, files.size());
    assertEquals(folder.resolve("cat/cat-demo-000000.png"), files.get(0));
    assertEquals(folder.resolve("snail/snail-demo-000017.png"), files.get(17));
    BufferedImage read = ImageIO.read(files.get(17).toFile());
    assertArrayEquals(
        SceneExamples.planes(Creatures.scene(Split.DEMO, 17).draw()),
        SceneExamples.planes(read),
        "PNG loses nothing");
  }

  @Test
  void aFolderThatIsAFileIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("taken"), "x");
    PerceptException e =
        assertThrows(
            PerceptException.class, () -> DemoPictures.write(file, 1, Run.of(0).withThreads(1)));
    assertTrue(String.valueOf(e.getMessage()).contains(file.toString()), e.toString());
  }

  @Test
  void masksHoldEveryPartOfTheCreatureAndNothingElse(@TempDir Path folder) throws IOException {
    List<Path> files = DemoPictures.writeMasks(folder, 3, Run.of(0));
    List<Scene> scenes = DemoPictures.scenes(3);
    assertEquals(scenes.size(), files.size());
    for (int i = 0; i < files.size(); i++) {
      Scene scene = scenes.get(i);
      BufferedImage mask = ImageIO.read(files.get(i).toFile());
      List<Mask> parts =
          scene.parts().stream()
              .filter(part -> part != Part.SCENERY && part != Part.STICKER)
              .map(scene::mask)
              .toList();
      int inside = 0;
      for (int at = 0; at < 96 * 96; at++) {
        boolean white = (mask.getRGB(at % 96, at / 96) & 0xff) == 0xff;
        inside += white ? 1 : 0;
        for (Mask part : parts) {
          assertTrue(white || !part.get(at), scene.name() + " at " + at);
        }
      }
      // Neither nothing nor everything: creatures fill some tenth to half of the picture.
      assertTrue(inside > 300 && inside < 6500, scene.name() + ": " + inside);
      assertEquals(scene.creature().count(), inside);
    }
  }
}
