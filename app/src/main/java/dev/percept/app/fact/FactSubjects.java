package dev.percept.app.fact;

import dev.percept.core.DynamicLinearStack;
import dev.percept.core.Labels;
import dev.percept.core.PerceptException;
import dev.percept.core.Run;
import dev.percept.core.Sha256;
import dev.percept.fact.bcos.BcosSpec;
import dev.percept.fact.sae.SaeFile;
import dev.percept.image.Normalization;
import dev.percept.image.PictureFile;
import dev.percept.image.PictureFolder;
import dev.percept.image.PictureReader;
import dev.percept.image.Pictures;
import dev.percept.image.Preprocessing;
import dev.percept.image.ResizeMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** Opens autoencoders and pictures for a network. */
final class FactSubjects {
  private FactSubjects() {}

  /**
   * Autoencoders, from the last cut to the first.
   *
   * @param folders from the first to the last
   * @throws PerceptException if there is none in one of the folders
   */
  static List<FactSubject.Bank> banks(List<Path> folders) {
    List<FactSubject.Bank> banks = new ArrayList<>();
    for (Path named : folders) {
      Path folder = TrainedSae.in(named);
      SaeFile.Stored stored = SaeFile.read(folder);
      banks.add(
          new FactSubject.Bank(
              String.valueOf(named.toAbsolutePath().normalize().getFileName()),
              Sha256.of(folder.resolve(SaeFile.WEIGHTS)),
              stored.bank(),
              stored.card(),
              TrainedSae.stability(folder, stored.card())));
    }
    Collections.reverse(banks);
    return banks;
  }

  /** Pictures of a request for a network with autoencoders. */
  static FactSubject open(
      FactRequest request,
      OpenedBcos opened,
      DynamicLinearStack stack,
      List<FactSubject.Bank> banks,
      Run run) {
    for (int cut = 0; cut < banks.size(); cut++) {
      banks.get(cut).card().requireFits(stack.at(cut).info(), stack.at(cut).features());
    }
    Labels labels = opened.labels();
    List<String> notes = new ArrayList<>();
    PictureFolder folder = folder(request, labels, notes, run);
    Pictures pictures =
        Pictures.open(
            folder,
            Preprocessing.of(
                dev.percept.core.Shape.of(
                    3, stack.at(0).inputShape().dim(1), stack.at(0).inputShape().dim(2)),
                opened.resize().orElse(ResizeMode.parse("fit")),
                true,
                opened.normalization().orElse(Normalization.UNIT)),
            new PictureReader(request.maxPixels()),
            run);
    List<Integer> truth = new ArrayList<>();
    List<Integer> asked = new ArrayList<>();
    for (int i = 0; i < pictures.size(); i++) {
      truth.add(pictures.folder(i).map(name -> labels.matchFolder(name).orElse(-1)).orElse(-1));
      for (Path path : request.pictures()) {
        if (same(path, pictures.file(i).path())) {
          asked.add(i);
        }
      }
    }
    if (asked.size() < request.pictures().size()) {
      throw new PerceptException(
          "not every picture of --picture can be read ("
              + String.join(
                  "; ", pictures.skipped().stream().limit(3).map(Object::toString).toList())
              + "); give JPEG, PNG, BMP, GIF or WebP files");
    }
    return new FactSubject(
        architecture(opened.network().spec()),
        stack,
        banks,
        labels,
        folder,
        pictures,
        opened.inputs(pictures),
        truth,
        asked,
        notes);
  }

  private static String architecture(BcosSpec spec) {
    return "B-cos, B = "
        + String.format(Locale.ROOT, "%.4g", spec.b()).replaceAll("\\.?0+$", "")
        + ", "
        + spec.height()
        + " × "
        + spec.width();
  }

  /** Of every sub-folder some pictures, and those that were asked for by name. */
  private static PictureFolder folder(
      FactRequest request, Labels labels, List<String> notes, Run run) {
    PictureFolder all = PictureFolder.scan(request.images());
    List<PictureFile> files = new ArrayList<>();
    List<String> unknown = new ArrayList<>();
    for (String name : all.classes()) {
      OptionalInt index = labels.matchFolder(name);
      if (index.isEmpty()) {
        unknown.add(name);
      }
      files.addAll(some(all.only(name), request.maxImages(), run));
    }
    if (all.classes().isEmpty()) {
      files.addAll(some(all, request.maxImages(), run));
      notes.add(
          "'"
              + all.name()
              + "' has no sub-folders, so nobody says what its pictures are: classes are what the"
              + " network says, and there are no mistakes");
    }
    if (!unknown.isEmpty()) {
      notes.add(
          "sub-folders that name no class: "
              + String.join(", ", unknown)
              + "; what their pictures are is not known");
    }
    for (Path path : request.pictures()) {
      if (files.stream().noneMatch(f -> same(path, f.path()))) {
        Path real = path.toAbsolutePath().normalize();
        if (!Files.isRegularFile(real)) {
          throw new PerceptException("there is no picture " + path);
        }
        Path parent = real.getParent();
        Path above = parent == null ? null : parent.getFileName();
        boolean known = above != null && labels.matchFolder(above.toString()).isPresent();
        files.add(new PictureFile((known ? above + "/" : "") + real.getFileName(), real));
      }
    }
    return new PictureFolder(all.name(), files);
  }

  private static List<PictureFile> some(PictureFolder folder, int most, Run run) {
    return (most > 0 ? folder.sample(most, run) : folder).pictures();
  }

  private static boolean same(Path a, Path b) {
    try {
      return Files.exists(a) && Files.exists(b) && Files.isSameFile(a, b);
    } catch (IOException e) {
      return false;
    }
  }
}
