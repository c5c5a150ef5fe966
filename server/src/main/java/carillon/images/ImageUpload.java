package carillon.images;

import carillon.jsonapi.ApiError;
import carillon.jsonapi.Fault;
import carillon.platform.http.FormPart;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A form with a file, as it was sent; every fault in it is told at once. */
record ImageUpload(String name, boolean hidden, ImageFile file) {

  static ImageUpload of(String contentType, byte[] body) {
    var parts =
        FormPart.read(contentType, body)
            .orElseThrow(() ->
                ApiError.of(
                    Fault.Code.INVALID,
                    "There was an error parsing the request body as multipart/form-data."));
    return new Reader(parts).upload();
  }

  /** The last part of a path, fit to be a name. */
  static String name(String path) {
    var last = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
    var fit = new StringBuilder();
    last.codePoints()
        .filter(letter -> !Character.isISOControl(letter))
        .filter(letter -> Character.getType(letter) != Character.SURROGATE)
        .limit(Images.LONGEST_NAME / 2)
        .forEach(fit::appendCodePoint);
    return fit.toString().isBlank() ? "image" : fit.toString();
  }

  private static final class Reader {
    private static final String AT = "/data/attributes/";

    private final List<FormPart> parts;
    private final List<Fault> faults = new ArrayList<>();
    private Optional<ImageFile> file = Optional.empty();
    private String name = "";
    private boolean hidden;

    Reader(List<FormPart> parts) {
      this.parts = parts;
    }

    ImageUpload upload() {
      var fileNames = parts.stream().filter(part -> part.name().equals("file")).toList();
      if (fileNames.isEmpty()) {
        fault("file", "'file' is a required field for the resource 'image'.");
      }
      parts.forEach(this::read);
      if (!faults.isEmpty()) {
        throw new ApiError(faults);
      }
      var called =
          name.isEmpty() ? ImageUpload.name(fileNames.getFirst().fileName().orElse("")) : name;
      return new ImageUpload(called, hidden, file.orElseThrow());
    }

    private void read(FormPart part) {
      switch (part.name()) {
        case "file" -> file(part.content());
        case "name" -> name(part);
        case "hidden" -> hidden(text(part));
        default ->
            fault(
                "",
                "'%s' is not a valid field for the resource 'image'."
                    .formatted(ImageUpload.name(part.name())));
      }
    }

    private void file(byte[] bytes) {
      try {
        file = Optional.of(ImageFile.of(bytes));
      } catch (UnusableImage e) {
        faults.add(ImageImport.fault(e, AT + "file"));
      }
    }

    private void name(FormPart part) {
      name = text(part);
      if (name.length() > Images.LONGEST_NAME) {
        fault("name", "'name' must have at most " + Images.LONGEST_NAME + " characters.");
      } else if (name.indexOf('\0') >= 0) {
        fault("name", "Text must be valid Unicode without null characters.");
      }
    }

    private void hidden(String word) {
      switch (word.toLowerCase(Locale.ROOT)) {
        case "true" -> hidden = true;
        case "false" -> hidden = false;
        default -> fault("hidden", "'hidden' must be a boolean.");
      }
    }

    private void fault(String field, String detail) {
      faults.add(Fault.at(field.isEmpty() ? "/data/attributes" : AT + field, detail));
    }

    private static String text(FormPart part) {
      return new String(part.content(), StandardCharsets.UTF_8);
    }
  }
}
