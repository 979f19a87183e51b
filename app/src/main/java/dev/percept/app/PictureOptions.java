package dev.percept.app;

import dev.percept.image.Normalization;
import dev.percept.image.PictureReader;
import dev.percept.image.ResizeMode;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** Options that name pictures and say how they become model inputs. */
final class PictureOptions {
  @Option(
      names = {"-i", "--images"},
      paramLabel = "FOLDER",
      description = "A folder of pictures (JPEG, PNG, BMP), or of sub-folders, one a class.")
  @Nullable Path images;

  /** The folder of pictures, which a command without texts cannot do without. */
  Path images(CommandSpec spec) {
    if (images == null) {
      throw new ParameterException(
          spec.commandLine(), "Missing required option: '--images=FOLDER'");
    }
    return images;
  }

  @Option(
      names = "--preprocess",
      paramLabel = "PRESET",
      converter = NormalizationConverter.class,
      description =
          "imagenet, minus-one-one, unit, raw255 or cifar10; 'percept check' finds the right one."
              + " Default: imagenet.")
  Normalization preprocess = Normalization.IMAGENET;

  @Option(
      names = "--mean",
      paramLabel = "R,G,B",
      description = "Mean to subtract after scaling, instead of a preset.")
  @Nullable String mean;

  @Option(
      names = "--std",
      paramLabel = "R,G,B",
      description = "Standard deviation to divide by, instead of a preset.")
  @Nullable String std;

  @Option(
      names = "--scale",
      paramLabel = "X",
      description = "Factor on pixel values 0 to 255, with --mean or --std. Default: 1/255.")
  @Nullable Double scale;

  @Option(names = "--bgr", description = "The model takes blue, green, red.")
  boolean bgr;

  @Option(
      names = "--resize",
      paramLabel = "MODE",
      converter = ResizeModeConverter.class,
      description =
          "crop (shorter side to 256/224 of the input, then the centre), fit (shorter side to the"
              + " input, then the centre) or squash. Default: ${DEFAULT-VALUE}.")
  ResizeMode resize = ResizeMode.parse("fit");

  @Option(
      names = "--no-antialias",
      description = "Resize without antialiasing, as torch.nn.functional.interpolate does.")
  boolean noAntialias;

  @Option(
      names = "--max-pixels",
      paramLabel = "N",
      description = "Pictures with more pixels are skipped unread. Default: ${DEFAULT-VALUE}.")
  long maxPixels = PictureReader.DEFAULT_MAX_PIXELS;

  /** The limit on pixels, at least 1. */
  long maxPixels(CommandSpec spec) {
    if (maxPixels < 1) {
      throw new ParameterException(
          spec.commandLine(),
          "Invalid value for option '--max-pixels': at least 1, found " + maxPixels);
    }
    return maxPixels;
  }

  /** How values become model inputs, from a preset or from the four custom options. */
  Normalization normalization(CommandSpec spec) {
    try {
      if (mean == null && std == null && scale == null) {
        return bgr ? preprocess.withBgr(true) : preprocess;
      }
      return Normalization.custom(
          bgr,
          scale == null ? 1.0 / 255 : scale,
          Normalization.parseTriple("--mean", mean == null ? "0" : mean),
          Normalization.parseTriple("--std", std == null ? "1" : std));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }

  static final class NormalizationConverter implements ITypeConverter<Normalization> {
    @Override
    public Normalization convert(String value) {
      try {
        return Normalization.parse(value);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  static final class ResizeModeConverter implements ITypeConverter<ResizeMode> {
    @Override
    public ResizeMode convert(String value) {
      try {
        return ResizeMode.parse(value);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
