package carillon.profiles;

/**
 * A request named a device and the person at it.
 *
 * @param visitor the profile that the device stands for
 * @param known the profile of the person
 */
record Identification(String visitor, String known) {}
