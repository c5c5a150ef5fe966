package carillon.django;

/** Stands for a variable that is not among the values. */
enum Missing {
  MISSING
}
