package io.flowright.examples.transport;

import java.util.Optional;
import org.apache.commons.csv.CSVRecord;

/**
 * A point of transport that passed all rules.
 *
 * @param code its IATA code
 * @param country the ISO 3166 code of its country
 * @param kind {@code A} for an airport, {@code C} for a city, and so on
 */
public record Point(
        String code, String name, String country, String countryName, String kind, Place place, String currencyCode) {

    /** Why a row is not a point. */
    public enum Rule {
        NO_POSITION,
        NO_TIME_ZONE,
        NO_CURRENCY
    }

    /** The rule that the row breaks. */
    static Optional<Rule> brokenBy(CSVRecord row) {
        if (row.get("latitude").isEmpty() || row.get("longitude").isEmpty()) {
            return Optional.of(Rule.NO_POSITION);
        }
        if (row.get("timezone").isEmpty()) {
            return Optional.of(Rule.NO_TIME_ZONE);
        }
        return row.get("ccy_code").isEmpty() ? Optional.of(Rule.NO_CURRENCY) : Optional.empty();
    }

    static Point of(CSVRecord row) {
        Place place = new Place(Double.parseDouble(row.get("latitude")), Double.parseDouble(row.get("longitude")));
        return new Point(
                row.get("iata_code"),
                row.get("name"),
                row.get("country_code"),
                row.get("country_name"),
                row.get("location_type"),
                place,
                row.get("ccy_code"));
    }

    boolean isAirport() {
        return kind.equals("A");
    }
}
