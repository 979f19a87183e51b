package dev.percept.bundle;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Maps of a class's concepts by one attribution method: how much each part of a picture matters to
 * the concept's code, summed over the locations. The tensor {@code <key>/<method>} of {@code
 * maps.safetensors} holds them, pictures x concepts x rows x columns, each cell the mean of its
 * pixels.
 *
 * @param method its name, for example {@code saliency}
 * @param about what its maps say and what they do not
 * @param settings what it was run with, in words; empty where there is nothing to set
 * @param baseline what stands for an absent part, in words; null where the method has none
 * @param signed whether negative values say that a part lowers the code
 * @param rows of a map
 * @param columns of a map
 * @param forwards passes forward for one map
 * @param backwards passes backward for one map
 * @param dependent share of the locations at which the derivative of the codes is approximate,
 *     because concepts all but depend on one another there; null for methods without gradients
 * @param pictures rows of the class's tensors, those of shown pictures
 */
public record ConceptMaps(
    String method,
    String about,
    String settings,
    @Nullable String baseline,
    boolean signed,
    int rows,
    int columns,
    long forwards,
    long backwards,
    @Nullable Double dependent,
    List<Integer> pictures) {}
