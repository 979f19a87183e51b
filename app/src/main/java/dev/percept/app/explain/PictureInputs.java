package dev.percept.app.explain;

import dev.percept.bundle.Bundle;
import dev.percept.image.Crops;
import dev.percept.image.Pictures;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Pictures and crops of them. */
record PictureInputs(Pictures pictures, Crops crops) implements ClassInputs {
  @Override
  public List<String> names() {
    return IntStream.range(0, pictures.size()).mapToObj(pictures::name).toList();
  }

  @Override
  public int parts() {
    return crops.size();
  }

  @Override
  public String fingerprint() {
    return pictures.fingerprint();
  }

  @Override
  public List<String> skipped() {
    return pictures.skipped().stream().map(Object::toString).toList();
  }

  @Override
  public Bundle.Excerpt excerpt(
      int part, String group, String name, double value, Map<String, byte[]> files) {
    double width = pictures.shape().dim(2);
    double height = pictures.shape().dim(1);
    String file = name + ".jpg";
    files.put(file, Jpeg.encode(crops.view(part)));
    return new Bundle.Excerpt(
        group,
        file,
        crops.picture(part),
        crops.box(part).x() / width,
        crops.box(part).y() / height,
        crops.box(part).width() / width,
        crops.box(part).height() / height,
        value);
  }

  @Override
  public String whole(int index, String key, Map<String, byte[]> files) {
    String file = "pictures/" + key + "/" + index + ".jpg";
    files.put(file, Jpeg.encode(pictures.view(index)));
    return file;
  }
}
