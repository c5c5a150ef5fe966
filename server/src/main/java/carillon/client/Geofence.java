package carillon.client;

import carillon.platform.db.Row;

/**
 * A circle on the map.
 *
 * @param latitude of its middle, in degrees
 * @param longitude of its middle, in degrees
 * @param radius in metres
 */
record Geofence(String id, double latitude, double longitude, double radius) {

  private static final double EARTH_METRES = 6_371_000;

  static Geofence read(Row row) {
    return new Geofence(
        row.text("id"), row.real("latitude"), row.real("longitude"), row.real("radius"));
  }

  /** Metres from its middle to a place, along the surface of a sphere. */
  double distance(Place place) {
    var north = Math.toRadians(place.latitude() - latitude);
    var east = Math.toRadians(place.longitude() - longitude);
    var chord =
        Math.pow(Math.sin(north / 2), 2)
            + Math.cos(Math.toRadians(latitude))
                * Math.cos(Math.toRadians(place.latitude()))
                * Math.pow(Math.sin(east / 2), 2);
    return 2 * EARTH_METRES * Math.asin(Math.sqrt(Math.min(1, chord)));
  }

  /** Where somebody is. It must not be written down anywhere. */
  record Place(double latitude, double longitude) {

    boolean isOnEarth() {
      return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
    }
  }
}
