export const admin = {
  "strategy.longest_idle": "Longest idle",
  "strategy.least_occupied": "Least occupied",
  "strategy.round_robin": "In turn",
  "strategy.most_skilled": "Most skilled",
  "strategy.least_skilled": "Least skilled",
  "strategy.random": "By chance",
};
