package io.flowright.examples.transport;

import org.apache.commons.csv.CSVRecord;

/**
 * A point of transport.
 *
 * @param country the ISO 3166 code of its country
 * @param kind {@code A} for an airport, {@code C} for a city, and so on
 */
public record Point(String name, String country, String countryName, String kind, Place place, String currencyCode) {

    static Point of(CSVRecord row) {
        double latitude = Double.parseDouble(row.get("latitude"));
        double longitude = Double.parseDouble(row.get("longitude"));
        return new Point(
                row.get("name"),
                row.get("country_code"),
                row.get("country_name"),
                row.get("location_type"),
                new Place(latitude, longitude),
                row.get("ccy_code"));
    }
}
