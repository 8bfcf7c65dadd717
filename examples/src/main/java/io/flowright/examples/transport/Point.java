package io.flowright.examples.transport;

import static java.lang.Double.parseDouble;

import org.apache.commons.csv.CSVRecord;

/**
 * A point of transport.
 *
 * @param country the ISO 3166 code of its country
 * @param kind {@code A} for an airport, {@code C} for a city, and so on
 */
public record Point(String name, String country, String kind, Place place, String currencyCode) {

    static Point of(CSVRecord row) {
        Place place = new Place(parseDouble(row.get("latitude")), parseDouble(row.get("longitude")));
        return new Point(
                row.get("name"), row.get("country_code"), row.get("location_type"), place, row.get("ccy_code"));
    }
}
