package dev.percept.app;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.percept.core.Experimental;
import dev.percept.core.Stable;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of ARCHITECTURE.md: which module may see which, and what none may do. */
class ModuleDirectionTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          // Tests that a module shares with others are packed, and are tests all the same.
          .withImportOption(location -> !location.contains("-tests.jar"))
          // -Pquick builds where the option above does not look.
          .withImportOption(location -> !location.contains("/test-classes/"))
          .importPackages("dev.percept");

  /** Generated code carries no marks of ours. */
  private static final String GENERATED = "dev.percept.onnx.proto";

  /** Package of each module, without {@code dev.percept.}, and of those that it may see. */
  private static final Map<String, List<String>> MAY_SEE =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("core", List.of()),
              Map.entry("methods", List.of("core")),
              Map.entry("onnx", List.of("core")),
              Map.entry("engine.onnx", List.of("core", "onnx")),
              Map.entry("engine.torch", List.of("core", "onnx")),
              Map.entry("image", List.of("core")),
              Map.entry("text", List.of("core")),
              Map.entry("bundle", List.of("core")),
              // What a bundle is made of (tensors) and the failures of its reader are core's.
              Map.entry("report", List.of("core", "bundle")),
              // A network or an autoencoder on disk is a file of tensors, as a bundle's are.
              Map.entry("fact", List.of("core", "methods", "engine.torch", "bundle")),
              Map.entry("zoo", List.of("core", "onnx", "engine.torch", "image", "text", "fact")),
              Map.entry("testkit", List.of("core", "onnx"))));

  /** Libraries that belong to one module alone; libtorch brings OpenBLAS, and says how it runs. */
  private static final Map<String, List<String>> OWNERS =
      Map.of(
          "ai.onnxruntime..", List.of("engine.onnx"),
          "org.bytedeco.pytorch..", List.of("engine.torch", "fact"),
          "org.bytedeco.openblas..", List.of("methods", "engine.torch"),
          "org.hipparchus..", List.of("methods"),
          "com.twelvemonkeys..", List.of("image"),
          "ai.djl..", List.of("text"),
          "com.drew..", List.of("image"),
          "picocli..", List.of("app"),
          "me.tongfei..", List.of("app"));

  static Set<String> modules() {
    return MAY_SEE.keySet();
  }

  static Set<String> libraries() {
    return OWNERS.keySet();
  }

  @Test
  void everyModuleIsSeen() {
    Set<String> found =
        CLASSES.stream()
            .map(c -> c.getPackageName().replaceFirst("^dev\\.percept\\.", ""))
            .map(p -> p.startsWith("engine.") ? p.replaceFirst("^(engine\\.\\w+).*", "$1") : p)
            .map(p -> p.startsWith("engine.") ? p : p.replaceFirst("\\..*", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> known = new TreeSet<>(MAY_SEE.keySet());
    known.add("app");
    assertEquals(known, found);
  }

  @ParameterizedTest
  @MethodSource("modules")
  void aModuleSeesOnlyWhatTheTableAllows(String module) {
    String[] allowed =
        Stream.concat(Stream.of(module), MAY_SEE.getOrDefault(module, List.of()).stream())
            .map(m -> "dev.percept." + m + "..")
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage("dev.percept." + module + "..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.percept..")
                .and(DescribedPredicate.not(resideInAnyPackage(allowed))))
        .check(CLASSES);
  }

  @Test
  void coreStandsAlone() {
    classes()
        .that()
        .resideInAPackage("dev.percept.core..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("dev.percept.core..", "java..", "org.jspecify..", "org.slf4j..")
        .check(CLASSES);
  }

  @Test
  void enginesAndMethodsNeverSeeEachOther() {
    noClasses()
        .that()
        .resideInAPackage("dev.percept.engine..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.percept.methods..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("dev.percept.methods..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.percept.engine..", "dev.percept.onnx..")
        .check(CLASSES);
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void aHeavyLibraryHasOneOwner(String library) {
    String[] owners =
        OWNERS.getOrDefault(library, List.of()).stream()
            .map(owner -> "dev.percept." + owner + "..")
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideOutsideOfPackages(owners)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(CLASSES);
  }

  @Test
  void everyPackageSaysWhatItPromises() {
    Set<String> packages =
        CLASSES.stream()
            .map(JavaClass::getPackageName)
            .filter(p -> !p.equals(GENERATED))
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> silent = new TreeSet<>();
    Set<String> nullable = new TreeSet<>();
    for (String name : packages) {
      String info = name + ".package-info";
      if (!CLASSES.contain(info)) {
        silent.add(name);
        nullable.add(name);
        continue;
      }
      JavaClass marks = CLASSES.get(info);
      if (marks.isAnnotatedWith(Stable.class) == marks.isAnnotatedWith(Experimental.class)) {
        silent.add(name);
      }
      if (!marks.isAnnotatedWith(NullMarked.class)) {
        nullable.add(name);
      }
    }
    assertEquals(Set.of(), silent, "packages that are not marked either stable or experimental");
    assertEquals(Set.of(), nullable, "packages that are not @NullMarked");
    assertTrue(packages.size() > 15, "too few packages to prove anything: " + packages);
  }

  @Test
  void onlyMainEndsTheProcess() {
    DescribedPredicate<JavaClass> notMain =
        DescribedPredicate.describe("not Main", c -> !c.getName().equals(Main.class.getName()));
    noClasses()
        .that(notMain)
        .should()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "halt", int.class)
        .check(CLASSES);
  }

  @Test
  void onlyMainWritesToStandardOutput() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(Main.class.getName())
        .should()
        .accessField(System.class, "out")
        .check(CLASSES);
  }

  @Test
  void chanceComesFromTheRunAlone() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .areAssignableTo(Random.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(ThreadLocalRandom.class)
        .orShould()
        .callMethod(Math.class, "random")
        .orShould()
        .callMethod(StrictMath.class, "random")
        .orShould()
        .callMethod(Collections.class, "shuffle", List.class)
        .check(CLASSES);
  }
}
