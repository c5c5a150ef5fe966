package carillon.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Holds the direction of imports: a package may use only those that stand before it in the list.
 */
class ArchitectureTest {

  /** Lowest first. */
  private static final List<String> PACKAGES =
      List.of(
          "jsonapi",
          "django",
          "platform",
          "mail",
          "accounts",
          "tags",
          "images",
          "templates",
          "profiles",
          "events",
          "catalogs",
          "flows",
          "segments",
          "lists",
          "delivery",
          "bounces",
          "campaigns",
          "people",
          "reviews",
          "client",
          "reporting",
          "demo",
          "mcp",
          "server");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("carillon");

  @Test
  void aPackageUsesOnlyThoseBelowIt() {
    for (int i = 0; i < PACKAGES.size(); i++) {
      var higher = PACKAGES.subList(i + 1, PACKAGES.size());
      if (!higher.isEmpty()) {
        noClasses()
            .that()
            .resideInAPackage(of(PACKAGES.get(i)))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(higher.stream().map(ArchitectureTest::of).toArray(String[]::new))
            .allowEmptyShould(true)
            .check(CLASSES);
      }
    }
  }

  @Test
  void everyPackageHasItsPlaceInTheList() {
    var unknown = new ArrayList<String>();
    for (var one : CLASSES) {
      var name = one.getPackageName().split("\\.");
      if (name.length > 1 && !PACKAGES.contains(name[1])) {
        unknown.add(one.getPackageName());
      }
    }
    assertThat(unknown).isEmpty();
  }

  @Test
  void theEngineKnowsNoDatabaseAndNoWebServer() {
    noClasses()
        .that()
        .resideInAPackage("carillon.jsonapi..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "org.jdbi..", "org.eclipse.jetty..")
        .check(CLASSES);
  }

  @Test
  void theTemplateEngineKnowsNothingElse() {
    noClasses()
        .that()
        .resideInAPackage("carillon.django..")
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages("carillon.django..", "java..")
        .check(CLASSES);
  }

  @Test
  void onlyThePlatformTouchesTheDriverAndTheWebServer() {
    noClasses()
        .that()
        .resideOutsideOfPackage("carillon.platform..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "org.jdbi..", "org.postgresql..", "org.eclipse.jetty..")
        .check(CLASSES);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("carillon.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  private static String of(String name) {
    return "carillon." + name + "..";
  }
}
