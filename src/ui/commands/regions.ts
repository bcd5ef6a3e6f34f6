/** Regions by id with the place that AWS names them after; any other can be typed. */
export const regions: readonly (readonly [id: string, place: string])[] = [
  ['af-south-1', 'Cape Town'],
  ['ap-east-1', 'Hong Kong'],
  ['ap-east-2', 'Taipei'],
  ['ap-northeast-1', 'Tokyo'],
  ['ap-northeast-2', 'Seoul'],
  ['ap-northeast-3', 'Osaka'],
  ['ap-south-1', 'Mumbai'],
  ['ap-south-2', 'Hyderabad'],
  ['ap-southeast-1', 'Singapore'],
  ['ap-southeast-2', 'Sydney'],
  ['ap-southeast-3', 'Jakarta'],
  ['ap-southeast-4', 'Melbourne'],
  ['ap-southeast-5', 'Malaysia'],
  ['ap-southeast-6', 'New Zealand'],
  ['ap-southeast-7', 'Thailand'],
  ['ca-central-1', 'Montréal'],
  ['ca-west-1', 'Calgary'],
  ['cn-north-1', 'Beijing'],
  ['cn-northwest-1', 'Ningxia'],
  ['eu-central-1', 'Frankfurt'],
  ['eu-central-2', 'Zürich'],
  ['eu-north-1', 'Stockholm'],
  ['eu-south-1', 'Milano'],
  ['eu-south-2', 'Aragón'],
  ['eu-west-1', 'Ireland'],
  ['eu-west-2', 'London'],
  ['eu-west-3', 'Paris'],
  ['il-central-1', 'Tel Aviv'],
  ['me-central-1', 'UAE'],
  ['me-south-1', 'Bahrain'],
  ['mx-central-1', 'Querétaro'],
  ['sa-east-1', 'São Paulo'],
  ['us-east-1', 'N. Virginia'],
  ['us-east-2', 'Ohio'],
  ['us-gov-east-1', 'GovCloud East'],
  ['us-gov-west-1', 'GovCloud West'],
  ['us-west-1', 'N. California'],
  ['us-west-2', 'Oregon'],
];

const places = new Map(regions);

/** Where a Region is; absent for one that came after this list. */
export function placeOf(region: string): string | undefined {
  return places.get(region);
}
