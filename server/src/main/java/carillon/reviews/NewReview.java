package carillon.reviews;

import carillon.jsonapi.ApiError;
import carillon.jsonapi.Body;
import carillon.jsonapi.Fault;
import carillon.jsonapi.Field;
import carillon.jsonapi.Request;
import carillon.jsonapi.Schema;
import carillon.jsonapi.Values;
import carillon.profiles.ProfileFields;
import carillon.reviews.Review.Product;
import carillon.reviews.Review.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** A review as somebody hands it in. */
record NewReview(
    Words words,
    Optional<Integer> rating,
    Optional<Product> product,
    List<ObjectNode> answers,
    List<String> images,
    Optional<String> incentive,
    Optional<String> order) {

  static final String[] TYPES = {"question", "rating", "review", "store"};

  private static final int MOST_ANSWERS = 50;
  private static final int MOST_IMAGES = 10;
  private static final int LONGEST = 255;
  private static final int LONGEST_CONTENT = 10_000;
  private static final int LONGEST_URL = 2048;

  private static final Field<String> TYPE = Schema.choice(TYPES).as("review_type").required();
  private static final Field<String> EMAIL =
      ProfileFields.EMAIL.schema().as("email").required().tidied(ProfileFields.EMAIL.tidy());
  private static final Field<String> AUTHOR =
      Schema.text().length(1, LONGEST).as("author").required();
  private static final Field<String> CONTENT =
      Schema.text().length(0, LONGEST_CONTENT).as("content").required();
  private static final Field<String> INCENTIVE =
      Schema.choice(
              "coupon_or_discount",
              "employee_review",
              "free_product",
              "loyalty_points",
              "other",
              "paid_promotion",
              "sweepstakes_entry")
          .as("incentive_type")
          .nullable();
  private static final Field<String> EXTERNAL_ID =
      Schema.text().length(1, LONGEST).as("external_id").required();
  private static final Field<String> INTEGRATION =
      Schema.choice("shopify", "woocommerce").as("integration_key").required();
  private static final Field<ObjectNode> PRODUCT =
      Schema.struct("ReviewProductExternalId", EXTERNAL_ID, INTEGRATION).as("product").nullable();
  private static final Field<Long> RATING =
      new Schema.WholeChoice(List.of(1, 2, 3, 4, 5)).as("rating").nullable();
  private static final Field<String> TITLE =
      Schema.text().length(0, LONGEST).as("title").nullable();
  private static final Field<List<ObjectNode>> ANSWERS =
      Schema.items(
              Schema.struct(
                  "CustomQuestionDTO",
                  Schema.text().length(1, LONGEST).as("id").required(),
                  Schema.items(Schema.text().length(0, LONGEST_CONTENT))
                      .size(0, MOST_ANSWERS)
                      .as("answers")
                      .required()))
          .size(0, MOST_ANSWERS)
          .as("custom_questions")
          .nullable();

  /** Addresses only: pictures in the request itself would let any stranger fill the database. */
  private static final Field<List<String>> IMAGES =
      Schema.items(Schema.text().length(1, LONGEST_URL).checked(NewReview::imageFault))
          .size(0, MOST_IMAGES)
          .as("images")
          .nullable();

  static final Body BODY =
      Body.of("review")
          .attributes(
              TYPE, EMAIL, AUTHOR, CONTENT, INCENTIVE, PRODUCT, RATING, TITLE, ANSWERS, IMAGES)
          .relationships(Body.one("order", "order"));

  /**
   * The review in a body.
   *
   * @throws ApiError telling every rule that is broken
   */
  static NewReview read(Request request) {
    var attributes = request.attributes();
    var review =
        new NewReview(
            new Words(
                attributes.get(TYPE),
                attributes.get(EMAIL),
                attributes.get(AUTHOR),
                attributes.get(CONTENT),
                attributes.find(TITLE)),
            attributes.find(RATING).map(Long::intValue),
            attributes.find(PRODUCT).map(Values::new).map(NewReview::product),
            attributes.find(ANSWERS).orElse(List.of()),
            attributes.find(IMAGES).orElse(List.of()),
            attributes.find(INCENTIVE),
            request.related("order"));
    review.check();
    return review;
  }

  private static Product product(Values product) {
    return new Product(product.get(INTEGRATION), product.get(EXTERNAL_ID));
  }

  private void check() {
    var faults = new ArrayList<Fault>();
    switch (words.type()) {
      case "question" -> {
        if (rating.isPresent()) {
          faults.add(Fault.at("/data/attributes/rating", "A question has no 'rating'."));
        }
      }
      case "rating" -> {
        if (rating.isEmpty()) {
          faults.add(Fault.at("/data/attributes/rating", "'rating' is required for a rating."));
        }
      }
      default -> {}
    }
    if (words.type().equals("store") && product.isPresent()) {
      faults.add(Fault.at("/data/attributes/product", "A review of the store has no 'product'."));
    }
    if (!faults.isEmpty()) {
      throw new ApiError(faults);
    }
  }

  private static Optional<String> imageFault(String url) {
    return url.matches("https?://[^\\s\"'<>]+")
        ? Optional.empty()
        : Optional.of("An image must be the address of one, such as https://shop.example/a.jpg.");
  }
}
