package io.flowright.examples.transport;

/** A position on the earth, in degrees. */
public record Place(double latitude, double longitude) {

    private static final double EARTH_RADIUS_KM = 6371.0088;

    /** The distance along the surface, by the haversine formula. */
    public double kilometresTo(Place other) {
        double halfLatitude = Math.toRadians(other.latitude - latitude) / 2;
        double halfLongitude = Math.toRadians(other.longitude - longitude) / 2;
        double haversine = Math.pow(Math.sin(halfLatitude), 2)
                + Math.cos(Math.toRadians(latitude))
                        * Math.cos(Math.toRadians(other.latitude))
                        * Math.pow(Math.sin(halfLongitude), 2);
        return 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(haversine));
    }
}
