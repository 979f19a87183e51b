package dev.percept.bundle;

import java.util.Arrays;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;
import tools.jackson.databind.type.LogicalType;

/**
 * JSON as bundles have it: fields in the order of the record, maps in the order of their keys, the
 * shortest digits that read back as the same double, a value that is not a number as null. Reading
 * is strict: no field missing, unknown or twice, no text for a number, nothing after the end.
 */
final class Json {
  private static final JsonMapper STRICT = build(true);
  private static final JsonMapper LENIENT = build(false);

  private Json() {}

  /** The mapper that refuses unknown fields. */
  static JsonMapper strict() {
    return STRICT;
  }

  /** The mapper for files of a newer minor version, whose additional fields are passed over. */
  static JsonMapper lenient() {
    return LENIENT;
  }

  /** {@code value} as indented UTF-8 with a line feed at the end. */
  static byte[] bytes(Object value) {
    byte[] json = STRICT.writeValueAsBytes(value);
    byte[] line = Arrays.copyOf(json, json.length + 1);
    line[json.length] = '\n';
    return line;
  }

  private static JsonMapper build(boolean strict) {
    JsonFactory factory =
        JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // Double.toString of JDK 17 is not always the shortest form.
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .build();
    // A line feed on every platform, so that equal explanations are equal bytes.
    DefaultIndenter indent = new DefaultIndenter("  ", "\n");
    return JsonMapper.builder(factory)
        .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, strict)
        .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
        .enable(SerializationFeature.INDENT_OUTPUT)
        .defaultPrettyPrinter(new DefaultPrettyPrinter().withObjectIndenter(indent))
        .withCoercionConfig(
            LogicalType.Textual,
            text ->
                text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                    .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
        .addModule(
            new SimpleModule()
                .addSerializer(Double.class, new NumberOrNull())
                .addSerializer(Double.TYPE, new NumberOrNull())
                .addDeserializer(Double.class, new FiniteNumber(false))
                .addDeserializer(Double.TYPE, new FiniteNumber(true)))
        .build();
  }

  /** NaN and the infinities have no JSON: they become null. */
  private static final class NumberOrNull extends StdSerializer<Double> {
    NumberOrNull() {
      super(Double.class);
    }

    @Override
    public void serialize(Double value, JsonGenerator json, SerializationContext context) {
      if (Double.isFinite(value)) {
        json.writeNumber(value.doubleValue());
      } else {
        json.writeNull();
      }
    }
  }

  /** Reads numbers that fit a double; null is NaN where the component is primitive. */
  private static final class FiniteNumber extends StdDeserializer<Double> {
    private final boolean primitive;

    FiniteNumber(boolean primitive) {
      super(Double.class);
      this.primitive = primitive;
    }

    @Override
    public Double deserialize(JsonParser json, DeserializationContext context) {
      JsonToken token = json.currentToken();
      if (token != JsonToken.VALUE_NUMBER_FLOAT && token != JsonToken.VALUE_NUMBER_INT) {
        return context.<Double>reportInputMismatch(Double.class, "expected a number");
      }
      double value = json.getDoubleValue();
      if (!Double.isFinite(value)) {
        return context.<Double>reportInputMismatch(
            Double.class, "a number is beyond the range of a double");
      }
      return value;
    }

    @Override
    @SuppressWarnings("NullAway") // Jackson's contract: null stands for an absent wrapper
    public Object getNullValue(DeserializationContext context) {
      return primitive ? Double.NaN : null;
    }
  }
}
