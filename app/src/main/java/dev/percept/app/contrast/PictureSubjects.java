package dev.percept.app.contrast;

import dev.percept.app.explain.ClassPictures;
import dev.percept.app.explain.Inputs;
import dev.percept.app.explain.Jpeg;
import dev.percept.app.explain.Opened;
import dev.percept.core.Examples;
import dev.percept.core.Labels;
import dev.percept.core.Run;
import dev.percept.core.SplitModel;
import dev.percept.core.Target;
import dev.percept.image.CropGrid;
import dev.percept.image.Crops;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Pictures of a folder with one sub-folder a class. */
final class PictureSubjects implements Subjects {
  private final Opened opened;
  private final List<Group> groups = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  private PictureSubjects(Opened opened, int patch, CropGrid.Layout grid) {
    this.opened = opened;
    notes.addAll(opened.notes());
    for (ClassPictures one : opened.classes()) {
      one.pictures().skipped().forEach(s -> notes.add("left out: " + s));
      groups.add(new OfPictures(one, one.crops(patch, grid)));
    }
  }

  /**
   * Opens model and pictures.
   *
   * @param inputs of all classes of the folder
   */
  static PictureSubjects open(Inputs inputs, int patch, CropGrid.Layout grid, Run run) {
    Opened opened = Opened.open(inputs, run);
    try {
      return new PictureSubjects(opened, patch, grid);
    } catch (RuntimeException | Error e) {
      opened.close();
      throw e;
    }
  }

  @Override
  public String modality() {
    return "pictures";
  }

  @Override
  public SplitModel model() {
    return opened.model();
  }

  @Override
  public Labels labels() {
    return opened.labels();
  }

  @Override
  public List<Group> groups() {
    return groups;
  }

  @Override
  public List<String> notes() {
    return notes;
  }

  @Override
  public void close() {
    opened.close();
  }

  private record OfPictures(ClassPictures one, Crops crops) implements Group {
    @Override
    public Target target() {
      return one.target();
    }

    @Override
    public Examples examples() {
      return one.pictures();
    }

    @Override
    public Examples units() {
      return crops;
    }

    @Override
    public int exampleOf(int unit) {
      return crops.picture(unit);
    }

    @Override
    public String excerpt(int unit) {
      return Base64.getEncoder().encodeToString(Jpeg.encode(crops.view(unit)));
    }

    @Override
    public String fingerprint() {
      return one.pictures().fingerprint();
    }
  }
}
